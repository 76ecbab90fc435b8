// Names of the British Isles: British, Irish and Traveller families.
#include "identity/country_name_lists.h"

namespace reachable::identity {

const NameLists british_names{
    .female =
        "Olivia,Amelia,Emily,Jessica,Sophie,Chloe,Lucy,Charlotte,Isla,Ava,Grace,Mia,Ella,Lily,Freya,Megan,Hannah,"
        "Elizabeth,Poppy,Evie,Isabella,Daisy,Phoebe,Katie,Rebecca,Bethany,Georgia,Abigail,Eleanor,Alice,Molly,Florence,"
        "Holly,Caitlin/Kaitlyn,Rosie,Matilda,Imogen,Niamh,Leah,Scarlett,Harriet,Catherine/Katherine/Kathryn,Victoria,"
        "Margaret,Susan,Jennifer,Nicola,Claire/Clare,Sarah/Sara,Rachel/Rachael,Emma,Laura,Samantha,Natasha,Gemma,Kelly,"
        "Stephanie,Danielle,Amy/Aimee,Zoe,Naomi,Alexandra,Francesca,Tilly,Maisie,Esme,Erin,Martha,Rhiannon,Carys,Cerys,"
        "Sian,Bronwen,Catrin,Eilidh,Mhairi,Kirsty,Fiona,Morag,Skye,Jasmine,Summer,Lola,Nancy,Beatrice,Edith,Thea,"
        "Theresa/Teresa,Ann/Anne,Jacqueline,Deborah/Debra,Philippa,Lesley,Gillian/Jillian,Hayley/Hailey,Paige,Tegan",
    .male =
        "Oliver,George,Jack,Harry,Thomas,James,William,Joshua,Daniel,Charlie,Alfie,Jacob,Samuel,Joseph,Max,Ethan,"
        "Benjamin,Alexander,Lewis/Louis,Liam,Luke,Matthew/Mathew,Callum/Calum,Jake,Ryan,Nathan,Connor/Conor,Dylan,"
        "Adam,Harvey,Michael,David,Christopher,Andrew,Robert,Stephen/Steven,Edward,Henry,Leo,Oscar,Archie,Freddie,"
        "Theo,Toby,Logan,Isaac,Arthur,Noah,Jayden/Jaydon,Tyler,Kieran/Kieron,Aaron/Aron,Reece/Rhys,Owen,Ewan/Euan,"
        "Hamish,Angus,Fraser,Craig,Gareth,Dafydd,Iestyn,Ieuan,Gethin,Huw/Hugh,Evan,Morgan,Bradley,Kyle,Sean/Shaun,"
        "Anthony/Antony,Mark/Marc,Paul,Peter,Simon,Timothy,Jonathan/Jonathon,Nicholas/Nicolas,Richard,Charles,"
        "Patrick,Geoffrey/Jeffrey,Philip/Phillip,Gregory,Graham/Graeme,Stuart/Stewart,Ian/Iain,Neil/Neal,Alan/Allan,"
        "Frederick,Albert,Stanley,Ronnie,Reggie,Teddy,Jenson,Finley/Finlay,Mason,Riley,Kai,Zachary,Dominic,Felix",
    .family =
        "Smith,Jones,Williams,Taylor,Brown/Browne,Davies/Davis,Evans,Wilson,Thomas,Johnson,Roberts,Walker,Wright,"
        "Robinson,Thompson/Thomson,White/Whyte,Hughes,Edwards,Green/"
        "Greene,Hall,Wood,Harris,Lewis,Martin,Jackson,Clarke/"
        "Clark,Turner,Hill,Scott,Cooper,Morris,Ward,Moore,King,Watson,Baker,Harrison,Morgan,Patterson/Paterson,Young,"
        "Allen/Allan,Mitchell,James,Anderson,Phillips/Philips,Lee/Leigh,Bell,Parker,Davidson,Bennett/Bennet,Shaw,Cook/"
        "Cooke,Simpson,Richardson,Collins,Marshall,Cox,Adams,Carter,Bailey/Bayley,Gray/Grey,Richards,Price/Pryce,"
        "Wilkinson,Miller,Ellis,Foster,Chapman,Mason,Webb,Rogers/Rodgers,Hunt,Knight,Campbell,Stewart/Stuart,Fraser/"
        "Frazer,MacDonald/McDonald,McKenzie/MacKenzie,Reid/Read,Murray,Ross,Hamilton,Graham,Kerr/Carr,Duncan,Ferguson,"
        "Sinclair,Lloyd,Griffiths/Griffith,Owen,Powell,Rees/Reece,Jenkins,Pritchard/Prichard,Llewellyn/Llewelyn,Bowen,"
        "Barnes,Fisher,Holmes,Palmer,Stevens/Stephens,Harvey,Matthews/Mathews,Pearson/Pierson,Fletcher,Hudson,Barker,"
        "Butler,Dixon/Dickson,Gibson,Brooks/Brookes,Saunders/Sanders,Rose,Pearce/Pierce,Nicholson,Atkinson,Bradley,"
        "Featherstone,Cholmondeley,Thackeray,Ormerod,Trevithick,Penrose,Pascoe,Trelawny",
    .stems = "ash,brook,hol,wood,hart,mar,lang,whit,black,red,thorn,hazel,stan,brad,clif,cot,crow,dun,elling,fair,farn,"
             "gar,gren,hal,ham,hath,had,hing,hud,kirk,lan,led,lin,loxl,mel,mid,mor,nor,oak,old,pem,pen,pick,pres,rad,"
             "ram,rav,rid,rom,ruth,sand,scar,shel,ship,sil,stain,stock,stret,sut,swin,tat,thorp,thur,til,tod,trem,ux,"
             "wal,war,wat,wel,wen,wes,whet,wick,wil,win,wolver,wor,wrag,yar,bram,birken,cal,carl,chad,copp,dal,der,"
             "edge,ever,felt,ferri,gat,gos,hack,hey,hock,hux,ing,kel,kem,lam,lock,ludd,mans,nuth,oving,pad,quarm,rush,"
             "sed,tarl,under,vickers,wadd,yel",
    .links = ",,,,,,ing,er,en,am,el,ting,ling,ners,bor,den,ster,wer,ces,tel,mers,ri,der,les,ken,win,dle,fen,stan,bur",
    .endings = "ley,ton,worth,ford,field,ham,wood,well,man,son,bury,by,croft,dale,den,don,hurst,land,more,ridge,shaw,"
               "stead,stone,thorpe,wick,wright,ward,bottom,bourne,brook,combe,cote,gate,grave,head,holm,house,low,"
               "mere,ness,nett,pole,shire,smith,toft,tree,wall,water,way,yard,leigh,lock,ster,rick,kin,kins,cock,ard,"
               "et,sall",
    .given_evenness = 30,
    .family_evenness = 40,
    .composed_in_thousand = 330,
    .varied_in_thousand = 120,
};

const NameLists irish_names{
    .female =
        "Mary/Maire,Aoife/Aoibhe,Ciara/Kiera/Keira,Niamh/Neve,Saoirse/Sorsha,Caoimhe/Keeva,Sinead/Sinéad,"
        "Siobhan/Siobhán,Roisin/Róisín,Orla/Orlagh,Grainne/Gráinne,Maeve/Meabh,Clodagh,Eimear/Emer,Aisling/"
        "Aisleen,Bridget/Brigid,Kathleen,Eileen,Maureen,Nora/Noreen,Deirdre,Fionnuala/Finola,Una/Oonagh,Sorcha,"
        "Eithne/Enya,Dervla/Dearbhla,Muireann,Cliona,Aine/Áine,Laoise,Nuala,Blathnaid/Bláthnaid,Erin,Shannon,"
        "Kate,Ellen,Anna,Emma,Sarah,Grace,Bronagh,Attracta,Assumpta,Philomena,Colleen,Tara,Sheila,Imelda,Concepta,"
        "Fiadh",
    .male = "Sean/Seán/Shaun,Patrick/Padraig/Pádraig,Conor/Connor,Cian/Kian,Oisin/Oisín/Osheen,Eoin/Owen,Darragh/Dara,"
            "Fionn/Finn,Cillian/Killian,Liam,Tadhg,Michael/Micheal/Mícheál,Brendan,Declan,Ciaran/Kieran/Ciarán,Ronan/"
            "Rónán,Donal/Dónal,Diarmuid/Dermot,Eamon/Eamonn/Éamonn,Cormac,Colm/Colum,Niall/Neil,Rory/Ruairi/Ruairí,"
            "Aidan/Aodhan,Brian,Kevin/Caoimhin,Fergal/Fearghal,Fergus,Seamus/Séamus,Lorcan,Oran/Odhran,Cathal,Donncha,"
            "Enda,Fintan,Gearoid/Gearóid,Malachy,Phelim/Feidhlim,Turlough,Daithi/Dáithí,Jack,James,Daniel,Noah,Senan,"
            "Ultan,Desmond,Gerard,Aengus/Aonghus,Barra",
    .family =
        "Murphy/Ó Murchú,Kelly/O'Kelly,O'Sullivan/Sullivan,Walsh/Breathnach,O'Brien/OBrien/Ó Briain,Byrne/O'Byrne,Ryan,"
        "O'Connor/O'Conor/Connor,O'Neill/O'Neil/Ó Néill,O'Reilly/Reilly/O'Rielly,Doyle,McCarthy/MacCarthy,Gallagher/"
        "Gallacher,Doherty/O'Doherty/Docherty,Kennedy,Lynch,Murray,Quinn/O'Quinn,Moore,McLoughlin/McLaughlin/"
        "MacLoughlin,O'Carroll/Carroll,Connolly/Conneely,Daly/Daley,O'Connell/Connell,Wilson,Dunne/Dunn,Brennan,Burke/"
        "de Búrca,Collins,Campbell,Clarke,Johnston,Hughes,Farrell/O'Farrell,Fitzgerald/Mac Gearailt,Brown,Martin,"
        "Maguire/McGuire,Nolan,Flynn/O'Flynn,Thompson,O'Callaghan/Callaghan,Duffy,O'Mahony/Mahony,Boyle,Healy/Healey,"
        "Shea/O'Shea,White,Sweeney/Mac Suibhne,Hayes,Kavanagh/Cavanagh,Power,McGrath/Magrath,Moran,Brady,Casey,Foley,"
        "Fitzpatrick,O'Leary/Leary,McDonnell,McMahon,Donnelly,Regan/O'Regan,Donovan/O'Donovan,Burns,Flanagan,Mullan/"
        "Mullen,Barry,Keane/Kane/O'Kane,Robinson,Cunningham,Griffin,Kenny,Sheehan,Ward/Mac an Bhaird,Whelan/Phelan",
    .stems = "O'Gall,O'Mull,O'Hall,O'Shaugh,McGill,McEll,McInn,McKen,McCor,McQuill,McAll,Mul,Con,Don,Fla,Ger,Hen,Kil,"
             "Lon,Mor,Rior,Tier,Cul,Cor,Dev,Fin,Gil,Heff,Kin,Lav,Mon,Noo,Sha,Tul,Col,Dil,Fog,Gor,Hal,Mel",
    .links = ",,,,li,in,er,al,na,ki,er,ac,on,la,ne,de",
    .endings = "gan,nan,ghan,herty,lon,ney,ley,lan,ran,van,nessy,han,agh,erty,ighan,ahan,igan,oney,uire,nally,gar,"
               "rick,very,dan,mond,ty,key,well,sey,ren",
    .given_evenness = 20,
    .family_evenness = 20,
    .composed_in_thousand = 220,
    .varied_in_thousand = 90,
};

const NameLists traveller_names{
    .female =
        "Margaret,Mary,Bridget,Kathleen,Winnie/Winifred,Nan,Chantelle/Shantelle,Shannon,Kelly-Marie,Priscilla/"
        "Prissy,Violet,Britannia,Charmaine,Delilah,Esmeralda,Genty,Kizzy/Keziah,Lavinia,Liberty,Mary-Kate,Montana,"
        "Ocean,Patience,Rosanna,Sabrina,Savannah/Savanna,Sheila,Tiara,Trinity,Union,Cinderella,Barbara,Biddy,"
        "Caroline,Helen,Josie,Julia,Maggie,Nora,Rosie,Teresa/Theresa,Ann-Marie,Cassie,Elizabeth,Emily,Ellen,"
        "Scarlett,Lena",
    .male =
        "John,Martin,Patrick/Paddy,Michael,James/Jimmy,Thomas/Tom,William/Billy,Edward/Ned,Joseph/Joe,Simey/Simon,"
        "Bartley,Francis/Francie,Miles/Myles,Christopher/Christy,Bernard/Barney,Anthony,Charles/Charlie,Daniel/Danny,"
        "David/Davey,Felix,Gerard,Hughie,Jerry,Johnny,Jim-Boy,Larry/Lawrence,Levi,Mikey,Nelson,Noah,Owen,Swanney,"
        "Riley,Samson,Tyson,Timothy/Tim,Tony,Henry,Dick,Elias,Ezekiel/Zeke,Hezekiah,Isaac,Job,Moses,Nathan,Oscar,"
        "Wally",
    .family =
        "Ward,McDonagh/McDonough,Connors/O'Connor,Doherty/Dougherty,Cash,Lee,Smith,Price,Loveridge,Boswell,Joyce,"
        "Maughan/Mongan,Reilly/O'Reilly,Sweeney,Stokes,Delaney,Quilligan,Casey,Collins,Cawley,McGinley,McDonald,"
        "Power,Nevin,Mahoney/O'Mahoney,Coffey,Cooper,Hearne/Hearn/Heron,Buckland,Penfold,Scamp,Gray,Young,Stanley,"
        "Wells,Lovell,Taylor,Brazil,Doran,Moorhouse,O'Driscoll,Gammell,Rooney,Varey",
    .stems = {},
    .links = {},
    .endings = {},
    .given_evenness = 8,
    .family_evenness = 10,
    .composed_in_thousand = 0,
    .varied_in_thousand = 20,
};

} // namespace reachable::identity
