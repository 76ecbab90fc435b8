// Names of Polish, Romanian, Portuguese, Spanish, Ukrainian, Turkish and Kurdish families.
#include "identity/country_name_lists.h"

namespace reachable::identity {

const NameLists polish_names{
    .female = "Anna,Maria,Katarzyna,Małgorzata,Agnieszka,Julia,Zuzanna,Zofia,Maja,Lena,Hanna,Alicja,Oliwia/Olivia,"
              "Wiktoria/Victoria,Aleksandra/Alexandra,Natalia,Karolina,Magdalena,Ewa,Joanna,Barbara,Monika,Dorota,"
              "Beata,Justyna,Paulina,Patrycja/Patricia,Weronika/Veronica,Martyna,Amelia,Emilia,Nikola,Gabriela,Kinga,"
              "Iwona,Jadwiga,Danuta,Elżbieta,Grażyna,Bożena,Halina,Krystyna,Teresa,Urszula,Sylwia/Sylvia,Kamila,"
              "Dominika,Milena,Nadia,Laura,Antonina,Helena,Pola,Marta,Edyta,Renata",
    .male = "Jan,Jakub,Kacper,Szymon,Antoni,Filip,Mateusz,Michał/Michal,Piotr,Paweł/Pawel,Krzysztof,Tomasz,Łukasz/"
            "Lukasz,Marcin,Adam,Bartosz,Wojciech,Maciej,Mikołaj/Mikolaj,Dawid,Kamil,Patryk,Sebastian,Dominik,Hubert,"
            "Oskar/Oscar,Wiktor/Victor,Stanisław/Stanislaw,Franciszek,Aleksander/Alexander,Igor,Adrian,Rafał/Rafal,"
            "Grzegorz,Zbigniew,Jerzy,Tadeusz,Dariusz,Mariusz,Sławomir,Jarosław,Robert,Przemysław,Radosław,Artur/Arthur,"
            "Konrad,Damian,Norbert,Alan,Leon,Ignacy,Tymon,Borys,Marek,Andrzej,Józef/Jozef",
    .family =
        "Nowak,Kowalski,Wiśniewski,Wójcik,Kowalczyk,Kamiński,Lewandowski,Zieliński,Szymański,Woźniak,Dąbrowski,"
        "Kozłowski,Jankowski,Mazur,Wojciechowski,Kwiatkowski,Krawczyk,Kaczmarek,Piotrowski,Grabowski,Zając,Pawłowski,"
        "Michalski,Król,Wieczorek,Jabłoński,Wróbel,Nowakowski,Majewski,Olszewski,Stępień,Malinowski,Jaworski,Adamczyk,"
        "Dudek,Nowicki,Pawlak,Górski,Witkowski,Walczak,Sikora,Baran,Rutkowski,Michalak,Szewczyk,Ostrowski,Tomaszewski,"
        "Pietrzak,Zalewski,Wróblewski,Marciniak,Jasiński,Zawadzki,Bąk,Jakubowski,Sadowski,Duda,Włodarczyk,Wilk,"
        "Chmielewski,Borkowski,Sokołowski,Szczepański,Sawicki,Kucharski,Lis,Maciejewski,Kubiak,Kalinowski,Mazurek,"
        "Wysocki,Kołodziej,Kaźmierczak,Czarnecki,Sobczak,Konieczny,Urbański,Głowacki,Zakrzewski,Krupa,Szulc,Wasilewski",
    .stems = "Bor,Bog,Bud,Choj,Cich,Czar,Dom,Drozd,Dzik,Gaj,Gal,Głow,Gor,Grab,Gro,Jab,Jag,Jas,Jel,Kal,Kam,Karp,Kol,"
             "Kop,Kos,Koz,Kras,Krzy,Kub,Kur,Las,Les,Lip,Łoz,Mak,Mal,Mar,Mich,Mil,Mor,Nied,Now,Obr,Olech,Or,Ost,Paw,"
             "Piet,Pil,Pod,Prus,Rad,Rog,Rom,Ros,Rud,Rych,Sad,San,Sien,Sik,Sit,Skow,Sob,Soch,Sok,Stach,Star,Such,Szcz,"
             "Szym,Tar,Tom,Trz,Tur,Urb,Wal,War,Was,Wes,Wit,Woj,Wol,Wron,Zab,Zar,Zdun,Zych,Żur",
    .links = ",,,al,an,ar,as,ec,el,en,er,ik,in,ki,ol,on,or,osz,ow,uch,ul,usz,yn,isz,och,aw,ień,os,ał,ub",
    .endings = "owski,ewski,iński,ak,ek,czyk,icki,ik,owicz,ewicz,iak,czak,ski,eja,ała,ec,oń,ała,as,uk,uch,acz,arz,yk,"
               "ecki,ocki,yński,anek,iec,ulski",
    .given_evenness = 20,
    .family_evenness = 25,
    .composed_in_thousand = 400,
    .varied_in_thousand = 25,
};

const NameLists romanian_names{
    .female = "Maria,Elena,Ioana,Andreea,Ana,Mihaela,Cristina,Alexandra,Gabriela,Daniela,Alina,Simona,Roxana,Raluca,"
              "Diana,Bianca,Denisa,Larisa,Georgiana,Florentina,Nicoleta,Loredana,Ramona,Adriana,Claudia,Oana,Irina,"
              "Monica,Corina,Laura,Liliana,Mirela,Camelia,Carmen,Valentina,Anca,Ștefania/Stefania,Teodora,Sofia,Daria,"
              "Ecaterina,Luminița,Rodica,Doina,Viorica,Mădălina/Madalina,Antonia,Iasmina,Delia,Lavinia,Ilinca,Sorina",
    .male = "Andrei,Alexandru,Ștefan/Stefan,Ionuț/Ionut,Mihai,Cristian,Gabriel,Daniel,Adrian,Marian,Florin,Vasile,"
            "Gheorghe,Ion/Ioan,Constantin,Nicolae,David,Luca,Matei,Bogdan,Cătălin/Catalin,Răzvan/Razvan,Vlad,Radu,"
            "George,Marius,Ciprian,Lucian,Sorin,Dragoș/Dragos,Cosmin,Claudiu,Ovidiu,Robert,Sebastian,Denis,Eduard,"
            "Dumitru,Viorel,Costel,Petru,Tudor,Valentin,Laurențiu,Liviu,Emil,Darius,Rareș/Rares,Silviu,Octavian,Iulian,"
            "Paul",
    .family =
        "Popa,Popescu,Ionescu,Pop,Radu,Dumitru,Stan,Stoica,Gheorghe,Matei,Ciobanu,Rusu,Constantin,Marin,Lazăr,"
        "Dinu,Munteanu,Toma,Moldovan,Ilie,Florea,Stanciu,Dumitrescu,Mihai,Oprea,Barbu,Tudor,Nistor,Sandu,Ungureanu,"
        "Nica,Georgescu,Preda,Ene,Neagu,Vasile,Luca,Diaconu,Avram,Marcu,Cristea,Bratu,Dobre,Petrescu,Iordache,"
        "Grigore,Voicu,Anghel,Manea,Mocanu,Roșu,Serban/Șerban,Filip,Nistorescu,Lungu,Cojocaru,Rotaru,Dragomir,"
        "Olteanu,Lăcătuș,Costache,Ispas,Zamfir,Bălan,Chiriac,Albu,Căldăraru,Enache",
    .stems = "Ion,Pop,Dum,Georg,Vasil,Petr,Mar,Al,Bog,Bar,Cos,Dan,Drag,Fil,Flor,Grig,Ior,Laz,Luc,Mihail,Mold,Mun,Neg,"
             "Nicol,Olt,Opr,Păun,Rad,Sim,Stan,Ștef,Tom,Tud,Vl,Zam,Arg,Bucur,Cern,Dob,Fân",
    .links = ",,,ol,in,ul,er,ar,il,an,et,iș,or,uț,av",
    .endings = "escu,eanu,aru,ea,oiu,an,ache,iță,uță,in,oiu,ariu,ean,aș,uc,iu,ete,ilă,oș,andu",
    .given_evenness = 15,
    .family_evenness = 20,
    .composed_in_thousand = 320,
    .varied_in_thousand = 40,
};

const NameLists portuguese_spanish_names{
    .female = "Maria/María,Ana,Carmen,Isabel,Sofia/Sofía,Lucia/Lucía,Beatriz,Inês/Inés,Matilde,Carolina,Mariana,Leonor,"
              "Catarina/Catalina,Joana/Juana,Marta,Paula,Laura,Cristina,Teresa,Francisca,Rosa,Pilar,Dolores,Concepción,"
              "Mercedes,Raquel,Patricia/Patrícia,Andreia/Andrea,Sara,Rita,Fernanda,Luisa/Luísa,Helena/Elena,Gabriela,"
              "Valentina,Daniela,Alejandra,Ximena/Jimena,Camila,Natalia,Yolanda,Rocío/Rocio,Susana,Margarida/Margarita,"
              "Filipa,Vera,Adriana,Paloma,Noelia,Bruna",
    .male = "José/Jose,João/Joao,Antonio/António,Manuel,Francisco,Juan,Carlos,Luis/Luís,Miguel,Pedro,Javier/Xavier,Rui,"
            "Paulo/Pablo,Tiago/Santiago,Diogo/Diego,Rafael,Alejandro,Daniel,David,Fernando,Jorge,Nuno,Ricardo,Bruno,"
            "André/Andrés,Gonçalo/Gonzalo,Duarte/Eduardo,Martim/Martín,Afonso/Alfonso,Tomás/Tomas,Sergio/Sérgio,"
            "Álvaro/Alvaro,Raúl/Raul,Jesús/Jesus,Ángel/Angel,Mateo/Mateus,Lucas,Hugo,Iván/Ivan,Rodrigo,Joaquín/Joaquim,"
            "Vicente,Ramón/Ramon,Enrique/Henrique,Marcos,Nelson,Edson,Wilson,Emilio,Ignacio",
    .family = "Silva/da Silva,Santos/dos Santos,Ferreira,Pereira,García/Garcia,Rodríguez/Rodrigues,González/Gonçalves/"
              "Gonzalez,Fernández/Fernandes,López/Lopes,Martínez/Martins,Oliveira/de Oliveira,Costa/da Costa,Sánchez/"
              "Sanches,Pérez/Peres,Gómez/Gomes,Ribeiro,Almeida/de Almeida,Carvalho,Teixeira,Moreira,Correia,Mendes/"
              "Méndez,Nunes/Núñez,Soares/Suárez,Vieira,Monteiro/Montero,Cardoso,Rocha/da Rocha,Neves/das Neves,Coelho,"
              "Cruz/da Cruz/de la Cruz,Pinto,Reis/Reyes,Moura,Ramos,Jiménez/Ximenes,Ruiz,Hernández/Hernandes,Díaz/Dias,"
              "Moreno,Álvarez/Alvares,Muñoz,Romero,Alonso/Afonso,Gutiérrez,Navarro,Torres,Domínguez/Domingues,Vázquez/"
              "Vasques,Gil,Serrano,Blanco/Branco,Molina,Castro/de Castro,Ortiz,Delgado,Ortega,Castillo/del Castillo,"
              "Herrera,Mendoza,Rojas,Vargas,Quispe,Mamani,Baptista/Batista,Tavares,Borges,Barros,Cabral,Évora",
    .stems = "Alb,Alc,Agu,Bar,Ben,Bel,Cab,Cam,Can,Card,Cas,Cor,Esp,Est,Fig,Font,Gal,Gar,Gran,Guer,Her,Lag,Lar,Mac,Mad,"
             "Mal,Mat,Mir,Mont,Mor,Oliv,Pal,Par,Ped,Per,Pin,Quin,Ram,Riv,Sal,Sant,Ser,Sot,Tor,Val,Ver,Vil,Zam",
    .links = ",,,,al,an,ar,el,en,er,in,or,av,ad",
    .endings = "eira,ez,es,eiro,ero,ado,edo,ares,osa,alho,ante,ejo,illa,ino,ista,ales,eda,ueva,oso,era,uelo,ona,aga,"
               "ante,inho,anza",
    .given_evenness = 12,
    .family_evenness = 12,
    .composed_in_thousand = 200,
    .varied_in_thousand = 40,
};

const NameLists ukrainian_names{
    .female = "Oksana,Olena/Elena,Iryna/Irina,Nataliia/Natalia/Nataliya,Mariia/Maria/Mariya,Anna/Hanna,Yuliia/Julia/"
              "Yulia,Anastasiia/Anastasia,Sofiia/Sofia/Sophia,Kateryna/Katerina/Ekaterina,Viktoriia/Victoria,Tetiana/"
              "Tatiana/Tetyana,Daryna/Darina,Polina,Solomiia/Solomiya,Zlata,Veronika,Alina,Khrystyna/Christina,Yana,"
              "Diana,Larysa/Larisa,Svitlana/Svetlana,Liudmyla/Ludmila/Lyudmyla,Halyna/Galina,Nadiia/Nadia,Vira/Vera,"
              "Lesia/Lesya,Myroslava,Oleksandra/Aleksandra/Alexandra,Bohdana,Ruslana,Inna,Alla,Valentyna/Valentina,"
              "Yevheniia/Evgenia/Yevgenia,Marharyta/Margarita,Emiliia,Eva,Kira,Maryna/Marina,Zoriana,Ulyana,Vladyslava",
    .male =
        "Oleksandr/Aleksandr/Alexander,Andrii/Andriy/Andrey,Serhii/Sergiy/Sergey,Dmytro/Dmitry/Dmitri,Maksym/Maxim/"
        "Maksim,Volodymyr/Vladimir,Yurii/Yuriy/Yuri,Ivan,Mykola/Nikolai,Mykhailo/Mikhail,Artem/Artyom,Bohdan/Bogdan,"
        "Vladyslav/Vladislav,Denys/Denis,Nazar,Taras,Oleh/Oleg,Ihor/Igor,Roman,Vasyl/Vasily,Viktor/Victor,Petro,"
        "Pavlo/Pavel,Yaroslav,Ostap,Tymofii/Timofey,Danylo/Daniil,Matvii/Matvey,Kyrylo/Kirill,Illia/Ilya,Mark,David,"
        "Arsen,Stanislav,Anton,Anatolii/Anatoly,Vitalii/Vitaliy/Vitaly,Valerii/Valery,Hryhorii/Grigory,Ruslan,"
        "Stepan,Yevhen/Evgeny/Yevgen,Zakhar,Oleksii/Alexey/Oleksiy,Rostyslav",
    .family =
        "Melnyk,Shevchenko,Kovalenko,Bondarenko,Boiko/Boyko,Tkachenko,Kravchenko,Kovalchuk,Koval,Shevchuk,Polishchuk,"
        "Oliinyk/Oliynyk,Lysenko,Bondar,Moroz,Marchenko,Tkachuk,Savchenko,Rudenko,Petrenko,Klymenko,Kravchuk,Pavlenko,"
        "Savchuk,Kuzmenko,Levchenko,Ponomarenko,Vasylenko,Kharchenko,Mazur,Karpenko,Sydorenko,Havryliuk,Honcharenko,"
        "Hnatiuk,Popovych/Popovich,Ivanenko,Khomenko,Panchenko,Yurchenko,Pavliuk,Zakharchenko,Kostenko,Romaniuk,"
        "Martyniuk,Bilous,Kolomiiets,Lytvyn,Tymoshenko,Didenko,Zaiets,Hrytsenko,Kushnir,Zhuk,Hrynchuk,Dovzhenko,"
        "Yakovenko,Kryvoruchko,Chornovol,Vyshnevskyi,Zelinskyi,Sadovyi,Chornyi,Bilyi,Ivanov,Popov,Petrov",
    .stems = "Ban,Bez,Bil,Bob,Bor,Bur,Chor,Dan,Dem,Dor,Dub,Fed,Haid,Hal,Hol,Hon,Hor,Hrab,Hryn,Hub,Iv,Kal,Kap,Khar,Kly,"
             "Kol,Kor,Kost,Kov,Kras,Kry,Kub,Kul,Kuz,Lak,Lev,Lob,Luk,Lut,Mak,Mar,Mat,Mel,Mos,Myk,Naz,Nes,Od,Ohr,Ost,"
             "Pal,Pan,Pas,Pid,Pol,Pry,Rad,Rom,Rud,Sam,Sav,Sem,Shch,Shv,Shul,Skor,Sol,Stel,Stor,Tar,Ter,Tyt,Vas,Ver,"
             "Vor,Yar,Yat,Zab,Zad,Zar,Zin",
    .links = ",,,al,an,ar,as,ch,el,en,ets,in,ko,ol,or,os,ov,ul,ur,ush,ykh,yl,yn,av",
    .endings = "enko,chuk,uk,iuk,ets,yk,chenko,skyi,ko,yshyn,iv,ovych,ak,yi,ynskyi,evych,oha,aichuk,un,yna",
    .given_evenness = 12,
    .family_evenness = 25,
    .composed_in_thousand = 420,
    .varied_in_thousand = 20,
};

const NameLists turkish_kurdish_names{
    .female = "Fatma,Ayşe/Ayse,Emine,Hatice,Zeynep,Elif,Meryem,Şerife/Serife,Zehra,Sultan,Hanife,Merve,Havva,Zeliha,"
              "Esra,Özlem/Ozlem,Yasemin,Melek,Hülya/Hulya,Sevim,Gülsüm/Gulsum,Leyla/Leila,Dilek,Derya,Songül/Songul,"
              "Gül/Gul,Ebru,Tuğba/Tugba,Büşra/Busra,Kübra/Kubra,Defne,Ecrin,Azra,Nehir,Asya,Berfin,Rojin,Dilan,Zilan,"
              "Berivan,Hêlîn/Helin,Jiyan,Evîn/Evin,Rojda,Nazlı/Nazli,Selin,Ceren,Ece,Pınar/Pinar,Gamze,Aylin",
    .male = "Mehmet/Mehmed,Mustafa,Ahmet/Ahmed,Ali,Hüseyin/Huseyin,Hasan,İbrahim/Ibrahim,İsmail/Ismail,Osman,Yusuf,"
            "Murat,Ömer/Omer,Ramazan,Halil,Süleyman/Suleyman,Abdullah,Mahmut,Salih,Kemal,Recep,Emre,Burak,Can,Deniz,"
            "Emir,Kerem,Eymen,Miraç/Mirac,Çınar/Cinar,Yiğit/Yigit,Arda,Barış/Baris,Serkan,Volkan,Erkan,Hakan,Tolga,"
            "Baran,Azad,Şivan/Sivan,Rêber/Reber,Welat,Serhat,Mazlum,Agit,Rojhat,Ferhat,Cem,Cemal,Ercan,Umut,Uğur/Ugur",
    .family =
        "Yılmaz/Yilmaz,Kaya,Demir,Çelik/Celik,Şahin/Sahin,Yıldız/Yildiz,Yıldırım/Yildirim,Öztürk/Ozturk,Aydın/Aydin,"
        "Özdemir/Ozdemir,Arslan/Aslan,Doğan/Dogan,Kılıç/Kilic,Aslan,Çetin/Cetin,Kara,Koç/Koc,Kurt,Özkan/Ozkan,Şimşek/"
        "Simsek,Polat,Korkmaz,Özcan/Ozcan,Çakır/Cakir,Erdoğan/Erdogan,Yavuz,Can,Acar,Şen/Sen,Aktaş/Aktas,Güler/Guler,"
        "Yalçın/Yalcin,Güneş/Gunes,Bozkurt,Bulut,Keskin,Ünal/Unal,Turan,Gül/Gul,Özer/Ozer,Işık/Isik,Kaplan,Avcı/Avci,"
        "Sarı/Sari,Tekin,Taş/Tas,Köse/Kose,Yüksel/Yuksel,Ateş/Ates,Aksoy,Uçar/Ucar,Baran,Demirtaş/"
        "Demirtas,Zana,Barzani,"
        "Kılınç/Kilinc,Karataş/Karatas,Tunç/Tunc,Dağ/Dag,Karaca,Güven/Guven",
    .stems = "Ak,Al,Altın,Ar,Ay,Bay,Boz,Çak,Dağ,Demir,Er,Gök,Gün,Gür,Kara,Kızıl,Koca,Köse,Kur,Oğuz,Öz,Sarı,Soy,Şen,Tan,"
             "Taş,Tok,Top,Tur,Uz,Ün,Yal,Yar,Yeş,Yıl",
    .links = ",,,,,,a,ar,el,ir,kan,ma,la,ta",
    .endings = "oğlu,kaya,bulut,taş,er,soy,can,han,kan,türk,ay,dağ,gül,han,lı,maz,men,su,tepe,tekin,yurt,pınar,gün,el,"
               "alp,baş,doğan",
    .given_evenness = 12,
    .family_evenness = 25,
    .composed_in_thousand = 200,
    .varied_in_thousand = 12,
};

} // namespace reachable::identity
