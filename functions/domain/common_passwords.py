"""Passwords of twelve characters or more that attackers try first, and the words that weak ones are made of.

The list is drawn from Royce Williams's list of leaked passwords (as distributed with Django, BSD licence), to which
the French ones were added. Folded: lower case.
"""

COMMON = frozenset(
    """
000000000000 010203040506 0r968ji9ufj6 102030405060 111111111111 111111111111111 111222tianya 112233445566
123123123123 123321123321 123456123456 123456654321 1234567890-= 123456789000 12345678900987654321 1234567890123
12345678901234567890 1234567890987654321 1234567890qwertyuiop 1234567891011 123456789101112 123456789123
123456789123456 1234567891234567 123456789123456789 12345678987654321 123456789987654321 123456789abc
123456789asd 123456789qaz 123456789qwe 123456789qwerty 123456azerty 123456qwerty 123admin321a 123qwe123qwe
123qweasdzxc 159753159753 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o 1q2w3e4r5t6y7u8i9o0p
1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 520love101182 5532361cnjqrf ??????@mail.ru abc123456789
administrateur administrateur1 administration administrator administrator1 allezlesbleus allezlesverts
anticonstitutionnellement arabella24630 asdfghjkl123 avrillavigne azerty123456 azertyazerty azertyuiop1!
azertyuiop12 azertyuiop123 azertyuiopqs batman123456 bienvenue123 bienvenue1234 bonjour12345 bonjourbonjour
changeme1234 changezmoi123 christopher1 combat123654 cookiemonster correcthorsebatterystaple cosmopolitan
counterstrike demon1q2w3e4r demon1q2w3e4r5t dfg5fhg5vgfh1 doomsayer.2.7mords.v doomsayer.2.7mords.vv
dragon123456 edwardcullen ezekiel11991 fallen_angel familiyafamiliya familleamour finalfantasy football1234
g13916055158 gettherefast gfhjkmgfhjkm ghbdtnrfrltkf ghhh47hj7649 googletester hannahmontana hawkesbury93
ichliebedich ihatethisgame ilovemyfamily ilovemyself1 iloveyou1234 iloveyouiloveyou imyaimyaimya inactive1996aug
ingodwetrust international internazionale jamesbond007 jesuslovesme jetaimefort1 jetaimejetaime jetaimemonbebe
jetaimemoncoeur jkiuztdftl57 john!20130605at1753 jundian2011xr justinbieber kartoffelpuffer knackwurst8853
laurel12creek leavemealone leliane50934 lemotdepasse1 lesenfants123 letmeinletmein lightpower12345 linkedin2011
liverpool123 lovelovelove lydcc20091314 m01759766727 mamanjetaime manchesterunited maprchem56458 marek14michal
marseille1313 mega_pizdetz666 megaparol12345 mesenfants123 michaeljackson migrationschool minecraft123
moderncombat monamouratoi moncodesecret monkey123456 monmotdepasse motdepasse123 motdepasse1234 motdepassesecret
n8zgt5p0shw= natiichen999 needforspeed neworleans12345 olympiquedemarseille onedirection papamamanmoi
parisparis75 parissaintgermain password1234 password12345 password123456 passwordpassword pe#5gz29ptzmse
peanutbutter playstation2 playstation3 polniypizdec0211 polniypizdec1102 polniypizdec110211 princess1234
professional projectsadminx przyjaciolki q1w2e3r4t5y6 q1w2e3r4t5y6u7i8o9p0 qazwsxedc123 qazwsxedcrfv
qazwsxedcrfvtgb qazxswedcvfr qwe123qwe123 qweasdzxc123 qwegta13091990 qwerasdfzxcv qwerty123456 qwerty123456789
qwertyasdfgh qwertyqwerty qwertyuiop1! qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyytrewq
residentevil s8ylpe9jdpvym sdf7asdf6asdg8df sebastian106 seniseviyorum sojdlg123aljg somanypickles27
sonnenschein sonyericsson startfinding starwars1234 starwarsfan10 stefangreil1983 stratocaster sunshine1234
superadministrator superman1234 supernatural telechargement temppassword total12scherz transformers
trustno1trustno1 unmotdepasse vitor1268123 vivelafrance welcome12345 weronika1992 wxcvbn123456 xantria10315
xtseo2011tdx yandi20080527 yemi19900911 yfdbufnjh10305070 zaq1xsw2cde3 zmx870919123 zxcasdqwe123
""".split()  # noqa: SIM905 - a list of 230 quoted words could not be read
)

WORDS = tuple(
    """
admin administrateur administrator amour asterix azerty azertyuiop batman bebe bienvenue bonjour camille cantine
caramel changeme chaton chocolat chouchou commune compte coucou doudou dragon ecole enfant enfants
espacecitoyens facebook famille football fortnite france google iloveyou instagram invite iphone jetaime julien
letmein liberte loulou mairie maman marseille mdp minecraft minou monamour monespace monkey motdepasse naruto
nicolas noisette papa paris parvis passe password passwort pokemon portailfamille portugal princess princesse
qwerty qwertyuiop samsung secret soleil starwars sunshine superman test testtest tintin user utilisateur
vacances welcome
""".split()  # noqa: SIM905 - same
)
