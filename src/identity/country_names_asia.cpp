// Names of South Asian Muslim, Sikh, Hindu, Vietnamese and Chinese families. For the last two the given lists hold
// syllables, of which a given name takes one or two.
#include "identity/country_name_lists.h"

namespace reachable::identity {

const NameLists south_asian_muslim_names{
    .female =
        "Aisha/Ayesha/Aysha=عائشہ,Fatima/Fatema/Fatimah=فاطمہ,Maryam/Mariam/Mariyam=مریم,Zainab/Zaynab/Zeinab=زینب,"
        "Khadija/Khadijah/Khatija=خدیجہ,Amina/Aminah/Ameena=آمنہ,Hafsa/Hafsah=حفصہ,Sumaiya/Sumayya/Sumaya=سمیہ,"
        "Saima/Sayma=صائمہ,Nadia/Nadiya=نادیہ,Shabana=شبانہ,Rukhsana/Ruksana=رخسانہ,Nasreen/Nasrin=نسرین,"
        "Yasmin/Yasmeen=یاسمین,Farzana=فرزانہ,Rubina/Robina=روبینہ,Shazia/Shaziya=شازیہ,Samina/Sameena=ثمینہ,"
        "Tahira/Tahirah=طاہرہ,Sadia/Sadiya=سعدیہ,Iqra=اقرا,Laiba,Aleena/Alina,Hira,Maira/Mahira,Zara/Zahra=زہرا,"
        "Safa,Marwa,Anaya/Inaya,Eshal,Nusrat,Parveen/Parvin=پروین,Rabia/Rabiya=رابعہ,Sana,Uzma,Tasnim/Tasneem,Taslima,"
        "Nazma,Salma/Selma,Shirin/Shireen,Jasmin,Rahima/Raheema,Sultana,Halima/Haleema,Ruqayyah/Ruqaiya,Asma/Asmaa,"
        "Bushra,Mehwish,Sidra,Kiran,Naila,Musarrat,Zubaida",
    .male =
        "Mohammed/Muhammad/Mohammad/Mohamed/Md=محمد,Ahmed/Ahmad=احمد,Ali=علی,Hamza/Hamzah=حمزہ,Ibrahim/Ebrahim=ابراہیم,"
        "Yusuf/Yousuf/Yousaf/Yusef=یوسف,Usman/Osman/Uthman=عثمان,Umar/Omar/Umer=عمر,Bilal/Belal=بلال,Hassan/Hasan=حسن,"
        "Hussain/Hussein/Husain/Hossain=حسین,Imran/Emran=عمران,Adnan=عدنان,Asif=آصف,Tariq/Tarik=طارق,Khalid/"
        "Khaled=خالد,"
        "Rashid/Rasheed=رشید,Shahid/Shaheed=شاہد,Zahid=زاہد,Nadeem/Nadim=ندیم,Kashif=کاشف,Faisal/Faysal=فیصل,"
        "Haroon/Harun=ہارون,Zain/Zayn=زین,Zakariya/Zakaria=زکریا,Ismail/Ismael=اسماعیل,Idris/Idrees,Sulaiman/Suleman,"
        "Abdullah/Abdulla=عبداللہ,Abdul=عبدال,Abdur/Abdul,Rahim/Raheem,Karim/Kareem,Salman/Salmaan,Saad,Talha,Taha,"
        "Rayyan/Rayan,Aayan/Ayaan,Eesa/Isa,Musa/Moosa,Yahya,Junaid,Waseem/Wasim,Naveed/Navid,Sajid,Majid,Amir/Aamir,"
        "Arif/Aarif,Kamran,Shafiq,Mahbub,Habibur/Habib,Nazrul,Rafiq/Rafique,Jamal,Anwar,Zubair",
    .family =
        "Khan=خان,Ahmed/Ahmad=احمد,Hussain/Hussein/Hossain=حسین,Ali=علی,Begum,Mohammed/Muhammad/Mohammad=محمد,"
        "Miah/Mia/Miya,Rahman/Rehman=رحمان,Malik/Mallick=ملک,Akhtar/Akther/Akter=اختر,Iqbal/Eqbal=اقبال,"
        "Chowdhury/Choudhury/Chaudhry/Choudhry=چودھری,Uddin/Ud-Din,Shah=شاہ,Mahmood/Mehmood/Mahmud=محمود,"
        "Hassan/Hasan=حسن,Bibi,Khatun/Khatoon,Islam=اسلام,Sheikh/Shaikh=شیخ,Butt/Bhatt=بٹ,Mirza=مرزا,"
        "Qureshi/Kureshi=قریشی,Siddiqui/Siddique/Siddiqi=صدیقی,Aslam=اسلم,Rashid=رشید,Akram=اکرم,Ashraf=اشرف,"
        "Javed/Javaid=جاوید,Yasin/Yaseen,Bashir/Basheer,Anwar,Haque/Haq/Hoque,Alam,Kabir,Karim,Sultana,Patel,Raja,"
        "Rafiq,Saleem/Salim,Nawaz,Parveen,Kausar/Kauser,Aziz,Hamid,Jamil/Jameel,Latif,Majeed/Majid,Munir/Muneer,"
        "Nazir,Riaz/Riyaz,Sadiq/Sadique,Sarwar,Tahir,Usmani,Zaman,Bhatti,Dar,Mughal,Rana,Sarkar/Sarker,Talukdar,"
        "Mollah,Bhuiyan/Bhuyan,Sikder,Kazi/Qazi,Ansari",
    .stems = "Abd,Ash,Bash,Far,Faz,Gul,Hab,Ham,Has,Ikr,Jal,Kam,Lat,Mah,Man,Maq,Mub,Muz,Nas,Nas,Qad,Raf,Rah,Sad,Sal,"
             "Shab,Shar,Taj,Waq,Zaf",
    .links = ",,,al,am,an,ar,as,ee,id,il,im,ir,oo,ur",
    .endings = "ullah,uddin,ur,i,een,ar,ani,zada,khan,shah,pur,oon,ari,awi,ji,wala,aan,abadi,dar,bhai",
    .given_evenness = 3,
    .family_evenness = 8,
    .composed_in_thousand = 150,
    .varied_in_thousand = 110,
};

const NameLists sikh_names{
    .female = "Simran=ਸਿਮਰਨ,Jasmeet/Jasmit,Harpreet=ਹਰਪ੍ਰੀਤ,Gurpreet=ਗੁਰਪ੍ਰੀਤ,Manpreet=ਮਨਪ੍ਰੀਤ,Jaspreet=ਜਸਪ੍ਰੀਤ,Navneet,"
              "Amandeep=ਅਮਨਦੀਪ,Rajvir/Rajveer,Sukhpreet,Kirandeep,Ravinder,Parminder/Perminder,Balwinder/Balvinder,"
              "Surinder,Jaswinder/Jasvinder,Kulwinder/Kulvinder,Harjit/Harjeet,Gurjit/Gurjeet,Ranjit,Baljit/Baljeet,"
              "Manjit/Manjeet,Daljit/Daljeet,Satvinder/Satwinder,Tejinder,Rupinder/Roopinder,Mandeep=ਮਨਦੀਪ,Sandeep,"
              "Prabhjot,Navjot,Harleen/Harlin,Jasleen,Ashleen,Avneet,Ekam,Gurleen,Harnoor,Japneet,Keerat/Kirat,Mehar,"
              "Nimrat,Pavandeep,Reet,Sehaj,Tavleen,Veerpal,Jasmine,Sharan,Arshdeep,Komal",
    .male = "Gurpreet=ਗੁਰਪ੍ਰੀਤ,Harpreet=ਹਰਪ੍ਰੀਤ,Amandeep=ਅਮਨਦੀਪ,Jaspreet=ਜਸਪ੍ਰੀਤ,Manpreet=ਮਨਪ੍ਰੀਤ,Harjit/Harjeet,"
            "Gurjit/Gurjeet,Ranjit,Baljit/Baljeet,Balbir/Balvir,Sukhdev,Gurdev,Mohinder,Surjit,Jagjit/Jagjeet,Kuldeep/"
            "Kuldip,Mandeep=ਮਨਦੀਪ,Pardeep/Pradeep,Sandeep,Rajinder/Rajender,Davinder/Devinder,Satnam,Parmjit/Paramjit,"
            "Lakhvir/Lakhbir,Jasbir/Jasvir,Karan,Arjan/Arjun,Fateh,Zorawar,Ajit,Jujhar,Angad,Avtar,Gurbaksh,Hardeep,"
            "Inderjit,Jaskaran,Jagdeep,Kiranpal,Lovepreet,Navdeep,Onkar,Prabhdeep,Ravneet,Sahib,Tarlochan,Udham,"
            "Veerpal,Bhupinder,Dilraj",
    .family = "Singh/Sing,Gill=ਗਿੱਲ,Sandhu=ਸੰਧੂ,Dhillon/Dhillan=ਢਿੱਲੋਂ,Sidhu=ਸਿੱਧੂ,Grewal,Bains/Bans,Johal,Sahota,"
              "Atwal/Athwal,Dhaliwal,Mann,Sohal,Virk,Randhawa,Purewal,Hundal,Basra,Chahal,Deol,Garcha,Hayer,Uppal,Kang,"
              "Lalli,Mahal,Nijjar,Padda,Rai,Sanghera,Takhar,Bhogal,Birdi,Bansal,Chana,Dosanjh,Jandu,Kalsi,Matharu,"
              "Panesar,Rehal,Sagoo,Sehmi,Thandi,Toor,Bhambra,Cheema,Gosal,Khaira,Mangat,Samra,Sekhon,Brar",
    .stems = "Bhat,Bol,Chan,Dhan,Dul,Gah,Ghum,Hoth,Jas,Kal,Khun,Lid,Mal,Nag,Pan,Ran,San,Sohan,Tak,Var",
    .links = ",,,al,an,ar,er,in,o",
    .endings = "oa,har,gar,dhu,ria,wal,pal,iana,ota,ewal,ey,sal,uri,man,oha",
    .given_evenness = 15,
    .family_evenness = 12,
    .composed_in_thousand = 80,
    .varied_in_thousand = 60,
};

const NameLists hindu_names{
    .female = "Priya=प्रिया,Anjali=अंजलि,Pooja/Puja=पूजा,Neha=नेहा,Divya=दिव्या,Kavita/Kavitha=कविता,Sunita/Suneeta=सुनीता,"
              "Anita/Aneeta=अनीता,Meera/Mira=मीरा,Lakshmi/Laxmi=लक्ष्मी,Deepa/Dipa,Nisha=निशा,Rekha=रेखा,Asha=आशा,"
              "Usha=उषा,Geeta/Gita=गीता,Seema/Sima,Shreya,Riya/Rhea,Aanya/Anya,Diya,Ananya,Isha/Eesha,Kiran,Manisha,"
              "Nikita,Payal,Rachana,Sangita/Sangeeta,Shilpa,Sneha,Swati,Trupti,Urvi,Vaishali,Bhavna/Bhavana,Hetal,"
              "Jigna,Krupa,Mital,Hansa,Nirmala,Pushpa,Saroj,Kalpana,Kamala,Thulasi,Vidhya/Vidya,Tharani,Sivani/Shivani,"
              "Gowri/Gauri,Meenakshi,Revathi",
    .male = "Raj=राज,Amit=अमित,Rahul=राहुल,Sanjay/Sanjai=संजय,Vijay/Vijai=विजय,Rajesh=राजेश,Suresh=सुरेश,Ramesh=रमेश,"
            "Mahesh=महेश,Dinesh=दिनेश,Nilesh/Neelesh,Hitesh,Jignesh,Ketan,Chirag,Dhruv,Arjun=अर्जुन,Krishna/Krishan=कृष्ण,"
            "Rohan,Rohit,Aarav/Arav,Vivaan/Vivan,Aditya,Ishaan/Ishan,Kunal,Nikhil,Pranav,Siddharth/Sidharth,Varun,"
            "Vikram,Anil/Aneel,Ashok,Bharat,Deepak/Dipak,Girish,Harish,Jayesh,Kiran,Manoj,Mukesh,Naresh,Paresh,Prakash,"
            "Ravi,Sunil/Suneel,Vinod,Yash,Karthik/Kartik,Senthil,Sivakumar/Shivakumar,Ganesh,Murugan,Tharshan,Bhavesh",
    .family =
        "Patel=पटेल,Shah=शाह,Sharma=शर्मा,Kumar=कुमार,Desai,Mistry/Mistri,Joshi=जोशी,Mehta=मेहता,Gupta=गुप्ता,"
        "Parmar,Chauhan/Chohan,Solanki,Rao,Reddy,Nair,Menon,Pillai/Pillay,Iyer/Aiyar,Iyengar,Naidu,Bhatt/Bhat,"
        "Trivedi,Pandya,Dave,Vyas,Thakkar/Thakker,Modi,Amin,Kapoor/Kapur,Khanna,Chopra,Malhotra,Arora,Verma/Varma,"
        "Singh=सिंह,Mishra/Misra,Tiwari/Tewari,Dubey,Pandey/Pande,Banerjee/Banerji,Mukherjee/Mukherji,Chatterjee,"
        "Das/Dass,Ghosh/Ghose,Bose/Basu,Sen,Dutta/Datta,Roy/Ray,Gurung,Rai,Limbu,Thapa,Tamang,Shrestha,"
        "Sivakumar/Shivakumar,Rajan,Nadarajah/Nadaraja,Selvarajah,Kanagaratnam,Thillainathan,Varsani,Hirani,"
        "Lad,Tailor,Panchal,Gandhi",
    .stems = "Ambal,Anand,Bal,Bhar,Chandra,Dev,Gan,Gopal,Hari,Jaya,Kal,Krish,Mad,Mahen,Nara,Pad,Prem,Raj,Ram,Ratna,San,"
             "Shan,Siva,Sri,Sub,Sundar,Thana,Vel,Venka,Vij",
    .links = ",,,a,an,ar,i,esh,in,u,ak,al",
    .endings = "kumar,nathan,rajah,ratnam,lingam,moorthy,krishnan,samy,pal,ani,wala,dia,kar,jee,an,appa,ia,esh,wani,"
               "vedi,gopal,sekaram",
    .given_evenness = 20,
    .family_evenness = 6,
    .composed_in_thousand = 260,
    .varied_in_thousand = 80,
};

const NameLists vietnamese_names{
    .female =
        "Lan,Hoa,Linh,Huong/Hương,Mai,Thu,Hanh/Hạnh,Ngoc/Ngọc,Anh/Ánh,Trang,Thao/Thảo,Phuong/Phương,Hien/Hiền,Nga,"
        "Yen/Yến,Hong/Hồng,Thuy/Thủy,Dung,Ha/Hà,Van/Vân,Nhung,Loan,Tuyet/Tuyết,Cuc/Cúc,Dao/Đào,Diep/Điệp,Giang,"
        "Hang/Hằng,Hue/Huệ,Khanh/Khánh,Lien/Liên,Ly,My/Mỹ,Nguyet/Nguyệt,Nhi,Oanh,Quyen/Quyên,Quynh/Quỳnh,Tam/Tâm,"
        "Thanh,Tien/Tiên,Tram/Trâm,Trinh,Tu/Tú,Uyen/Uyên,Vy,Xuan/Xuân,Bich/Bích,Chau/Châu,Kim",
    .male = "An,Minh,Hung/Hùng,Dung/Dũng,Tuan/Tuấn,Hai/Hải,Long,Nam,Son/Sơn,Thanh/Thành,Duc/Đức,Quang,Huy,Khoa,Phong,"
            "Tung/Tùng,Cuong/Cường,Dat/Đạt,Hieu/Hiếu,Hoang/Hoàng,Kien/Kiên,Lam/Lâm,Loc/Lộc,Manh/Mạnh,Nghia/Nghĩa,Nhan,"
            "Phuc/Phúc,Quan/Quân,Quoc/Quốc,Sang,Tai/Tài,Tam/Tâm,Tan/Tân,Thang/Thắng,Thien/Thiện,Thinh/Thịnh,Tien/Tiến,"
            "Toan/Toàn,Tri/Trí,Trung,Truong/Trường,Tu/Tú,Viet/Việt,Vinh,Vu/Vũ,Bao/Bảo,Binh/Bình,Chien/Chiến,Cong/Công,"
            "Khang",
    .family = "Nguyen/Nguyễn,Nguyen/Nguyễn,Nguyen/Nguyễn,Tran/Trần,Le/Lê,Pham/Phạm,Huynh/Huỳnh,Hoang/Hoàng,Phan,Vu/Vũ,"
              "Vo/Võ,Dang/Đặng,Bui/Bùi,Do/Đỗ,Ho/Hồ,Ngo/Ngô,Duong/Dương,Ly/Lý,Dao/Đào,Dinh/Đinh,Doan/Đoàn,Lam/Lâm,Mai,"
              "Trinh/Trịnh,Luong/Lương,Truong/Trương,Ha/Hà,Cao,Chau/Châu,Ta/Tạ,Thai/Thái,Quach/Quách,To/Tô,Vuong/Vương,"
              "Luu/Lưu,Kieu/Kiều,La,Mac/Mạc,Nghiem/Nghiêm,Phung/Phùng,Tong/Tống,Quan,Khuc/Khúc,Lu/Lữ",
    .stems = {},
    .links = {},
    .endings = {},
    .given_evenness = 25,
    .family_evenness = 2,
    .composed_in_thousand = 0,
    .varied_in_thousand = 0,
};

const NameLists chinese_names{
    .female =
        "Mei=美,Li=丽,Xiao=小,Hui=慧,Jing=静,Yan=燕,Fang=芳,Na=娜,Xin=欣,Yu=雨,Ting=婷,Ying=英,Xue=雪,Ling=玲,Hong=红,"
        "Juan=娟,Lan=兰,Ping=萍,Qing=晴,Shan=珊,Wen=文,Yi=怡,Zi=子,Han=涵,Jia=佳,Ya=雅,Chun=春,Dan=丹,Fei=菲,Gui=桂,"
        "Hua=花,Jie=洁,Lei=蕾,Lu=露,Man=曼,Ning=宁,Qian=倩,Rong=蓉,Rui=蕊,Shu=淑,Si=思,Tong=彤,Xia=霞,Yao=瑶,Yue=月,"
        "Yun=云,Zhen=珍,Qi=琪,Sum,Wing,Ka,Wai,Yuk,Siu",
    .male =
        "Wei=伟,Jun=军,Jie=杰,Ming=明,Qiang=强,Lei=磊,Yong=勇,Chao=超,Hao=浩,Bo=博,Tao=涛,Feng=峰,Gang=刚,Hai=海,Jian="
        "建,"
        "Long=龙,Peng=鹏,Bin=斌,Xiang=翔,Yi=毅,Yu=宇,Ze=泽,Zi=子,Xuan=轩,Chen=晨,Cheng=成,Da=大,Dong=东,Guo=国,Hui=辉,"
        "Hong=宏,Jia=嘉,Kai=凯,Kun=坤,Liang=亮,Lin=林,Ning=宁,Ping=平,Rui=瑞,Sheng=胜,Shi=石,Wen=文,Xin=鑫,Yang=阳,"
        "Yuan=元,Zhi=志,Zhong=忠,Han=涵,Kin,Chi,Ho,Man,Wai,Yiu,Tsz",
    .family =
        "Wang/Wong=王,Li/Lee=李,Zhang/Cheung/Chang=张,Liu/Lau=刘,Chen/Chan=陈,Yang/Yeung=杨,Huang/Wong=黄,Zhao/Chiu=赵,"
        "Wu/Ng=吴,Zhou/Chow=周,Xu/Hsu/Tsui=徐,Sun/Suen=孙,Ma=马,Zhu/Chu=朱,Hu/Woo=胡,Guo/Kwok=郭,He/Ho=何,Lin/Lam=林,"
        "Gao/Ko=高,Luo/Law/Lo=罗,Zheng/Cheng=郑,Liang/Leung=梁,Xie/Tse=谢,Song/Sung=宋,Tang/Tong=唐,Han/Hon=韩,"
        "Feng/Fung=冯,Deng/Tang=邓,Cao/Tso=曹,Peng/Pang=彭,Zeng/Tsang=曾,Xiao/Siu=肖,Tian/Tin=田,Dong/Tung=董,Pan/"
        "Poon=潘,Yuan/Yuen=袁,Cai/Choi/Tsoi=蔡,Jiang/Kong=江,Yu/Yue=余,Ye/Yip=叶,Cheng/Ching=程,Su/So=苏,Lu/Lo=卢,"
        "Ding/Ting=丁,Ren/Yam=任,Shen/Sum=沈,Yao/Yiu=姚,Zhong/Chung=钟,Mo/Mok=莫,Fan=范,Ouyang/Au Yeung=欧阳,"
        "Situ/Szeto=司徒",
    .stems = {},
    .links = {},
    .endings = {},
    .given_evenness = 15,
    .family_evenness = 8,
    .composed_in_thousand = 0,
    .varied_in_thousand = 0,
};

} // namespace reachable::identity
