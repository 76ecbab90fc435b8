// Names of Somali, Arabic-speaking, West African, Eritrean and Ethiopian families. Where a child takes the father's
// name, there is no family list: the names of fathers and grandfathers stand behind the child's own.
#include "identity/country_name_lists.h"

namespace reachable::identity {

const NameLists somali_names{
    .female = "Fadumo/Faduma/Faadumo,Amina/Aamina,Hodan,Ayaan/Ayan,Sahra/Zahra/Saara,Halimo/Halima/Xaliimo,Khadija/"
              "Khadijo/Qadiija,Asha/Caasha,Maryan/Maryam/Maryama,Hawa/Xaawo,Safiya/Safiyo,Zeinab/Zaynab/Saynab,Nimco/"
              "Nimo,Ifrah/Ifraax,Ikran/Ikraan,Sagal,Hibaq/Hibo,Ubah/Ubax,Deqa/Deeqa,Filsan,Hamdi/Xamdi,Idil,Ilhan/"
              "Ilhaan,Kaltun/Kaltuun,Ladan,Leyla/Layla,Muna,Najma,Nasteho/Nasteexo,Qamar,Rahma/Raxma,Ruun,Saado,Samira/"
              "Samiira,Shukri,Sucaad/Suad,Sumaya,Warsan,Yasmin,Zamzam/Samsam,Barwaaqo,Bilan,Cawo,Dahabo,Fowsiya/Fowzia,"
              "Habiba/Habiibo,Hafsa/Xafsa,Jamila/Jamiila,Luul,Rooble",
    .male =
        "Mohamed/Maxamed/Mohammed,Ahmed/Axmed,Abdi/Cabdi,Ali/Cali,Hassan/Xasan,Hussein/Xuseen,Omar/Cumar,Abdullahi/"
        "Cabdullaahi,Ibrahim/Ibraahim,Ismail/Ismaaciil,Yusuf/Yuusuf,Osman/Cismaan,Abdirahman/Cabdiraxmaan/"
        "Abdurahman,Abdirizak/Cabdirisaaq,Mohamud/Maxamuud,Adan/Aden/Aadan,Farah/Faarax,Warsame,Jama/Jaamac,Abdikadir/"
        "Cabdiqaadir,Nur/Nuur,Said/Saciid,Salad/Salaad,Hersi/Xirsi,Guled/Guuleed,Liban/Liibaan,Mahad/Mahdi,Bashir/"
        "Bashiir,Khalid/Khaalid,Zakaria/Sakariye,Bilal/Bilaal,Hamza/Xamse,Ayub/Ayuub,Idris/Idiris,Dahir/Daahir,"
        "Elmi/Cilmi,Egal/Cigaal,Gedi/Geedi,Roble/Rooble,Samatar,Shire,Sharif/Shariif,Mukhtar/Mukhtaar,Abshir,Barre,"
        "Dirie/Diriye,Duale/Ducaale,Isse/Ciise,Muse/Muuse,Yasin/Yaasiin",
    .family = "Mohamed/Maxamed,Ahmed/Axmed,Ali/Cali,Hassan/Xasan,Abdi/Cabdi,Omar/Cumar,Hussein/Xuseen,Warsame,Farah/"
              "Faarax,Jama/Jaamac,Ibrahim,Yusuf/Yuusuf,Adan/Aden,Nur/Nuur,Elmi/Cilmi,Hersi/Xirsi,Osman/Cismaan,Mohamud/"
              "Maxamuud,Dahir/Daahir,Gedi,Roble,Samatar,Shire,Barre,Dirie,Duale/Ducaale,Isse/Ciise,Muse,Egal,Abshir,"
              "Salad,Sheikh/Sheekh,Guled,Afrah,Ainanshe,Bihi,Boqor,Dualeh,Hirsi,Jimale/Jimcaale",
    .stems = {},
    .links = {},
    .endings = {},
    .given_evenness = 5,
    .family_evenness = 5,
    .composed_in_thousand = 0,
    .varied_in_thousand = 90,
};

const NameLists arabic_names{
    .female =
        "Fatima/Fatma/Fatimah=فاطمة,Maryam/Mariam/Mariem=مريم,Zainab/Zaynab/Zeinab=زينب,Aisha/Aicha/Aysha=عائشة,"
        "Noor/Nour/Nur=نور,Sara/Sarah=سارة,Layla/Leila/Laila=ليلى,Huda/Houda=هدى,Hanan/Hanane=حنان,Amal/Aamal=أمل,"
        "Rania/Raniya=رانيا,Rana=رنا,Dina/Deena=دينا,Yasmin/Yasmine/Yasmeen=ياسمين,Salma/Selma=سلمى,Nadia/Nadiya=نادية,"
        "Samira/Sameera=سميرة,Khadija/Khadidja=خديجة,Rim/Reem=ريم,Lina/Leena=لينا,Maya=مايا,Hiba/Heba=هبة,"
        "Asma/Asmaa=أسماء,Iman/Eman=إيمان,Jana=جنى,Malak=ملك,Rahma=رحمة,Sumaya/Soumaya=سمية,Shahd=شهد,Tasnim/"
        "Tasneem=تسنيم,Wafaa/Wafa=وفاء,Zahra/Zahraa=زهراء,Amira/Ameera=أميرة,Basma=بسمة,Dalal=دلال,Duaa/Doaa=دعاء,"
        "Farah=فرح,Ghada=غادة,Hala=هالة,Inas/Enas=إيناس,Lubna/Loubna=لبنى,Manal=منال,Mona/"
        "Muna=منى,Nahla=نهلة,Najwa=نجوى,"
        "Rasha=رشا,Ruba=ربى,Sahar=سحر,Suha=سهى,Widad/Ouidad=وداد",
    .male =
        "Mohammed/Mohamed/Muhammad/Mohamad=محمد,Ahmed/Ahmad=أحمد,Ali/Aly=علي,Omar/Umar=عمر,Youssef/Yusuf/Yousef=يوسف,"
        "Ibrahim/Brahim/Ebrahim=إبراهيم,Mahmoud/Mahmud/Mahmood=محمود,Mustafa/Mostafa/Moustafa=مصطفى,Hassan/Hasan=حسن,"
        "Hussein/Hussain/Houssein=حسين,Khaled/Khalid=خالد,Abdullah/Abdallah/Abdulla=عبدالله,Abdulrahman/Abderrahmane/"
        "Abdelrahman=عبدالرحمن,Karim/Kareem=كريم,Tarek/Tariq/Tarik=طارق,Samir/Sameer=سمير,Said/Saeed/Sayed=سعيد,"
        "Salah/Saleh=صلاح,Hamza=حمزة,Bilal/Belal=بلال,Anas=أنس,Yassin/Yaseen/Yacine=ياسين,Zaid/Zayd/Zeid=زيد,"
        "Adam=آدم,Amir/Ameer=أمير,Bashar=بشار,Fadi/Fady=فادي,Faisal/Faysal=فيصل,Ghassan=غسان,Haidar/Haydar/Hayder=حيدر,"
        "Jamal/Gamal/Djamel=جمال,Kamal/Kamel=كمال,Majid/Majed=ماجد,Marwan/Marouane=مروان,Nabil/Nabeel=نبيل,Nasser/"
        "Naser="
        "ناصر,Omran/Imran=عمران,Qasim/Kassem/Kasim=قاسم,Rami/Ramy=رامي,Rashid/Rachid=رشيد,Riyad/Riad=رياض,Sami/"
        "Samy=سامي,"
        "Taha=طه,Waleed/Walid=وليد,Wissam/Wisam=وسام,Yahya/Yehia=يحيى,Zakaria/Zakariya=زكريا,Ziad/Ziyad=زياد,"
        "Hisham/Hicham=هشام,Issa/Eisa/Isa=عيسى",
    .family =
        "Al-Ali/El-Ali/Alali=العلي,Hassan/Hasan=حسن,Mohammed/Mohamed=محمد,Ahmed/Ahmad=أحمد,Al-Masri/El-Masry/"
        "Almasri=المصري,"
        "Ibrahim/Brahim=إبراهيم,Khalil/Khaleel=خليل,Al-Hassan/Alhassan=الحسن,Al-Hussein/"
        "Al-Hussain=الحسين,Mahmoud=محمود,"
        "Saleh/Salih=صالح,Haddad/Hadad=حداد,Khoury/Khouri=خوري,Al-Ahmad/Alahmad=الأحمد,Nasser/Naser=ناصر,Mansour/"
        "Mansur=منصور,"
        "Hamdan=حمدان,Othman/Osman=عثمان,Al-Jabri/Aljabri=الجبري,Al-Khatib/El-Khatib/Alkhateeb=الخطيب,Darwish/"
        "Darwich=درويش,"
        "Shaheen/Chahine=شاهين,Abboud=عبود,Al-Rashid/Alrashid=الرشيد,Al-Sayed/El-Sayed/Elsayed=السيد,Younes/Yunis=يونس,"
        "Salem/Salim=سالم,Aziz=عزيز,Bakr/Bakir=بكر,Al-Dulaimi/Aldulaimi=الدليمي,Al-Tamimi/Altamimi=التميمي,Al-Obaidi/"
        "Alobaidi=العبيدي,Al-Zubaidi/Alzubaidi=الزبيدي,Al-Shammari/Alshammari=الشمري,Hamid/Hameed=حميد,Jaber/"
        "Jabir=جابر,"
        "Kassem/Qasim=قاسم,Najjar/Al-Najjar=نجار,Sabbagh=صباغ,Tawfiq/Toufik=توفيق,Zidan/Zaidan=زيدان,Benali/Ben Ali=بن "
        "علي,"
        "Bouzid=بوزيد,Belkacem=بلقاسم,Amrani/El Amrani=العمراني,Alaoui/El Alaoui=العلوي,Idrissi/El "
        "Idrissi=الإدريسي,Cherif/"
        "Sharif=شريف,Meziane=مزيان,Trabelsi=طرابلسي,Hakimi=حكيمي,Rahimi=رحيمي,Ahmadi=أحمدي,Karimi=كريمي,Mohammadi="
        "محمدي",
    .stems = "Al-Ham,Al-Jan,Al-Kas,Al-Maj,Al-Naj,Al-Qad,Al-Raf,Al-Sab,Al-Tai,Al-Was,Abu Ham,Abu Sal,Ben Am,Bou,El Ham,"
             "El Kad,El Mou,Bel,Abdel,Dar,Faw,Gha,Jab,Kha,Man,Nab,Qas,Saq,Shar,Zay",
    .links = ",,,ad,al,am,ar,as,id,ir,ou,ur",
    .endings = "i,ani,awi,ri,di,oun,eh,an,ari,idi,ali,oub,ouri,iya,our,ini,aqi,oudi",
    .given_evenness = 6,
    .family_evenness = 15,
    .composed_in_thousand = 220,
    .varied_in_thousand = 90,
};

const NameLists west_african_names{
    .female =
        "Blessing,Grace,Mary,Esther,Ama,Akosua,Adwoa/Adjoa,Abena,Akua,Yaa,Efua/Afua,Esi,Chioma,Ngozi,Chinwe/Chinwé,"
        "Adaeze,Amaka,Ifeoma,Nneka,Uchenna,Chiamaka,Oluwaseun,Folake,Yetunde,Titilayo,Funmilayo/Funmi,Temitope,"
        "Abimbola,Omolara,Adebisi,Ayomide,Damilola,Kehinde,Taiwo/Taiye,Patience,Comfort,Mercy,Peace,Precious,"
        "Favour,Gift,Charity,Fatou/Fatoumata,Mariama,Aminata,Kadiatu/Kadija,Isatu,Hawa,Binta,Zainab,Rukayat,"
        "Bukola,Osaretin,Efosa,Isoken",
    .male =
        "Emmanuel,Kwame,Kofi,Kwabena,Yaw,Kwaku/Kweku,Kwesi/Kwasi,Kojo/Kwadwo,Samuel,David,Daniel,Michael,Chukwuemeka/"
        "Emeka,Chinedu,Obinna,Ikechukwu/Ike,Ifeanyi,Kelechi,Nnamdi,Uchenna,Chukwudi,Oluwaseun/Seun,Babatunde/Tunde,"
        "Olumide,Adewale/Wale,Ayodele/Ayo,Oluwafemi/Femi,Temitope,Tobiloba/Tobi,Kehinde,Taiwo/Taiye,Segun,Gbenga,"
        "Damilare,Ibrahim,Mamadou/Mamadu,Ousmane/Usman,Abdoulaye,Lamin/Lamine,Alhaji,Foday,Sorie,Mohamed/Mohammed,"
        "Abubakar,Musa,Godwin,Sunday,Friday,Goodluck,Prince,Bright,Osas,Efe,Nosa",
    .family =
        "Mensah,Owusu,Okafor/Okafo,Adeyemi,Boateng,Osei,Asante,Appiah,Agyeman/Agyemang,Amoah,Ofori,Addo,Ansah,Opoku,"
        "Frimpong,Sarpong,Acheampong,Antwi,Danso,Darko,Quaye,Quartey,Lartey,Tetteh,Nkansah,Okonkwo,Eze,Nwosu,"
        "Obi,Okeke,Okoro,Onyeka,Nwachukwu,Chukwu,Igwe,Uche,Anyanwu,Ogbonna,Adebayo,Adeleke,Afolabi,Ajayi,Akinola,"
        "Ogunleye,Oladipo,Olaniyan,Oyelaran,Balogun,Bello,Ibrahim,Musa,Abubakar,Jallow/Jalloh/Diallo,Bah/Ba,"
        "Barry,Sow,Camara/Kamara,Conteh,Koroma,Sesay,Bangura,Turay/Toure/Touré,Ceesay/Cisse/Cissé,Jobe,Njie/Ndiaye,"
        "Sanneh,Sillah/Sylla,Traore/Traoré,Keita,Osagie,Igbinedion,Omoregie,Johnson,Williams,Davies,Cole",
    .stems =
        "Ade,Aki,Olu,Ola,Ogun,Oye,Ayo,Ife,Okon,Nwa,Chuk,Onye,Oko,Obi,Uzo,Eze,Ama,Ikwu,Ose,Aig,Ehi,Omo,Uwa,Agye,Amo,"
        "Asa,Boa,Dua,Kwar,Ofo,Owu,Sar,Yebo,Nti,Ako,Ore,Abi,Ibi,Oda,Ewa",
    .links = ",,,,ba,da,ba,go,ke,la,le,ma,me,na,ni,nu,ra,ri,ro,sa,se,so,ta,to,wu,yi",
    .endings = "bola,dele,yemi,wale,tunde,kunle,sanya,niyi,bayo,moye,leke,gbemi,jide,kwo,for,chukwu,ndu,dike,nwa,mba,"
               "ghae,sa,rhie,mwen,pong,teng,fo,koh,ako,ah,ansah,biri,awo,ikpe,uche,oma",
    .given_evenness = 25,
    .family_evenness = 25,
    .composed_in_thousand = 420,
    .varied_in_thousand = 100,
};

const NameLists eritrean_ethiopian_names{
    .female =
        "Selam/Selamawit=ሰላም,Hiwot/Hiwet=ሕይወት,Tigist/Tigest=ትዕግስት,Meron=ሜሮን,Bethlehem/Betelhem=ቤተልሔም,Helen/"
        "Hellen,Rahel/"
        "Rachel=ራሔል,Saba=ሳባ,Feven/Fieven,Luwam/Luam,Winta,Senait/Sennait=ሰናይት,Almaz=አልማዝ,Abeba/Ababa,Azeb,Genet=ገነት,"
        "Hanna=ሐና,Kidist/Kidest,Lemlem,Letebrhan,Mahlet,Makda/Makeda,Marta=ማርታ,Mebrat,Mehret/"
        "Mihret=ምሕረት,Nigisti,Rishan,"
        "Ruta/Ruth,Samrawit,Semhar,Tsega/Tsige,Tsion/Zion,Yodit/Judith,Zewditu,Adiam,Akberet,Bisrat,Danait,Elsa,Eden,"
        "Freweini/Frewoini,Haben,Kisanet,Liya,Medhanit,Milena,Natsnet,Rigat,Saron,Yordanos/Jordanos",
    .male =
        "Abel=አቤል,Abraham/Abreham=አብርሃም,Tesfay/Tesfaye=ተስፋይ,Haile/Hayle=ኃይሌ,Yonas/Jonas=ዮናስ,Samuel/Samiel=ሳሙኤል,Dawit/"
        "David="
        "ዳዊት,Daniel=ዳንኤል,Kidane=ኪዳነ,Berhane/Birhane=ብርሃነ,Mehari=መሓሪ,Filmon/Philemon,Robel=ሮቤል,Natnael/Nathnael=ናትናኤል,"
        "Henok/Enoch=ሄኖክ,Yohannes/Johannes=ዮሐንስ,Tekle=ተክለ,Gebre=ገብረ,Gebremedhin/Gebremedhn,Gebrehiwet/Ghebrehiwet,"
        "Tekleab/Teklab,Woldu/Weldu,Woldemichael/Weldemikael,Zerai/Zeray,Mulugeta=ሙሉጌታ,Bereket=በረከት,Biniam/Binyam=ቢንያም,"
        "Ermias/Jeremiah,Eyob/Job,Fitsum/Fitsom,Girmay/Girma=ግርማ,Isaias/Isayas,Kibrom,Kiflom/Kifle,Medhanie,Merhawi,"
        "Michael/Mikael=ሚካኤል,Mussie/Muse,Nahom,Okbay/Ogbay,Petros,Russom/Rusom,Semere,Simon,Solomon=ሰሎሞን,Tewodros/"
        "Tedros=ቴዎድሮስ,Tsegay/Tsegaye,Yemane,Yared=ያሬድ,Abebe=አበበ,Kebede=ከበደ,Getachew=ጌታቸው,Alemayehu,Bekele=በቀለ",
    .family =
        "Tesfay/Tesfaye=ተስፋይ,Haile/Hayle=ኃይሌ,Kidane=ኪዳነ,Berhane/Birhane=ብርሃነ,Mehari=መሓሪ,Tekle=ተክለ,Gebremedhin,"
        "Gebrehiwet/Ghebrehiwet,Woldu/Weldu,Woldemichael/Weldemikael,Zerai/Zeray,Abraham,Yohannes/Johannes=ዮሐንስ,"
        "Gebremeskel/Ghebremeskel,Gebreyesus/Ghebreyesus,Gebremariam/Ghebremariam,Tekleab,Teklehaimanot,"
        "Weldegebriel/Woldegabriel,Hagos/Hagoss,Ogbazghi/Okbazghi,Asmerom,Beyene,Desta=ደስታ,Fesseha/Fisseha,Ghirmai/"
        "Girmay,Habte,Habtemariam,Kahsay,Kiflemariam,Lemma,Mengistu=መንግስቱ,Negash/Negassi,Negusse,Seyoum/Siyum,"
        "Tadesse=ታደሰ,Teklu,Tewelde,Worku,Yemane,Zemichael/Zemikael,Abebe=አበበ,Bekele=በቀለ",
    .stems = "Gebre,Wolde,Tekle,Haile,Habte,Kifle,Zere,Tesfa,Fikre,Birhane",
    .links = {},
    .endings = "mariam,michael,selassie,giorgis,tsadik,kristos,yesus,medhin,hiwet,meskel,ab,tensae,haimanot,amlak",
    .given_evenness = 15,
    .family_evenness = 15,
    .composed_in_thousand = 80,
    .varied_in_thousand = 50,
};

} // namespace reachable::identity
