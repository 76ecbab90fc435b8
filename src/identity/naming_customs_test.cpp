// The naming customs of the families the platform meets, one row a case. What a sound cannot tell, a class of
// data/identity/names.csv must.
#include "identity/folding.h"
#include "identity/name_classes.h"
#include "identity/name_words.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

namespace reachable::identity {

namespace {

struct Pair {
    const char* one;
    const char* other;
};

const NameClasses& classes()
{
    static const auto read = [] {
        std::ifstream file("data/identity/names.csv");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        auto names = NameClasses::read(text);
        EXPECT_TRUE(names) << sentences(names.error());
        return names ? std::move(*names) : NameClasses{};
    }();
    return read;
}

std::string only_word(const char* name)
{
    const auto words = words_of({.family = name});
    EXPECT_EQ(words.size(), 1U) << name;
    return words.empty() ? std::string{} : words[0].word;
}

bool share_a_class(std::string_view one, std::string_view other)
{
    const auto numbers = classes().of(one);
    return std::any_of(numbers.begin(), numbers.end(), [&](std::uint16_t number) {
        const auto others = classes().of(other);
        return std::find(others.begin(), others.end(), number) != others.end();
    });
}

std::set<std::string> set_of_words(const SourceName& name)
{
    std::set<std::string> set;
    for (const auto& word : words_of(name)) set.insert(word.word);
    return set;
}

} // namespace

TEST(naming_customs, spellings_of_one_name_sound_alike)
{
    for (const auto& [one, other] : {Pair{"Catherine", "Kathryn"},
                                     {"Mohammed", "Muhamad"},
                                     {"Szymanski", "Shimanski"},
                                     {"Stephen", "Steven"},
                                     {"Philip", "Filip"},
                                     {"Geoffrey", "Jeffrey"},
                                     {"Hannah", "Hana"},
                                     {"Sarah", "Sara"},
                                     {"Yousef", "Yusuf"},
                                     {"Zainab", "Zaynab"},
                                     {"Thomas", "Tomas"},
                                     {"Dixon", "Dickson"},
                                     {"Alexander", "Aleksander"},
                                     {"Singh", "Sing"},
                                     {"Fischer", "Fisher"},
                                     {"Schmidt", "Smit"},
                                     {"Lewandowski", "Lewandovski"},
                                     {"Popovic", "Popovich"},
                                     {"Hussain", "Hosen"},
                                     {"Chowdhury", "Choudhry"},
                                     {"Rodger", "Roger"},
                                     {"Knight", "Night"},
                                     {"Vaughan", "Vaughn"},
                                     {"Callaghan", "Callahan"},
                                     {"Ewan", "Euan"},
                                     {"Cynthia", "Synthia"},
                                     {"Whitney", "Witney"},
                                     {"Michael", "Mikael"},
                                     {"Meghan", "Megan"},
                                     {"Abdulrahman", "Abdurrahman"},
                                     {"Abdelkader", "Abdulqadir"},
                                     {"Müller", "Mueller"},
                                     {"Weronika", "Veronica"},
                                     {"Nowak", "Nowack"}}) {
        EXPECT_EQ(sound_of(only_word(one)), sound_of(only_word(other))) << one << ' ' << other;
    }
}

TEST(naming_customs, names_that_are_different_sound_different)
{
    for (const auto& [one, other] : {Pair{"Smith", "Jones"},
                                     {"Khan", "Singh"},
                                     {"Sara", "Sean"},
                                     {"Mary", "Mark"},
                                     {"Kaur", "Khan"},
                                     {"Begum", "Bibi"},
                                     {"Nguyen", "Tran"},
                                     {"David", "Daniel"},
                                     {"Ali", "Ahmed"},
                                     {"Mohammed", "Mahmoud Ali"},
                                     {"Kelly", "Kevin"},
                                     {"Max", "Mark"},
                                     {"Hassan", "Hamid"},
                                     {"Zara", "Sara"},
                                     {"Kowalski", "Nowak"},
                                     {"Callum", "Ali"},
                                     {"Carl", "Ali"},
                                     {"Maxine", "Mohan"},
                                     {"Fatima", "Faduma"}}) {
        EXPECT_NE(sound_of(fold(one)), sound_of(fold(other))) << one << ' ' << other;
    }
}

TEST(naming_customs, a_sound_begins_as_the_name_does_and_is_short)
{
    EXPECT_EQ(sound_of(""), "");
    EXPECT_EQ(sound_of("a"), "a");
    EXPECT_EQ(sound_of("mohammed"), "mmd");
    EXPECT_EQ(sound_of("omar"), sound_of("amir"));
    EXPECT_LE(sound_of("featherstonehaughbottomley").size(), 8U);
}

TEST(naming_customs, somali_spelling_sounds_as_the_anglo_arabic_one)
{
    for (const auto& [one, other] : {Pair{"Maxamed", "Mohamed"},
                                     {"Cabdi", "Abdi"},
                                     {"Xasan", "Hassan"},
                                     {"Faadumo", "Faduma"},
                                     {"Caasha", "Asha"},
                                     {"Cali", "Ali"},
                                     {"Axmed", "Ahmed"},
                                     {"Xuseen", "Hussein"},
                                     {"Cabdiraxmaan", "Abdirahman"},
                                     {"Cumar", "Omar"},
                                     {"Faarax", "Farah"},
                                     {"Nuur", "Nur"},
                                     {"Xirsi", "Hirsi"},
                                     {"Jaamac", "Jamac"},
                                     {"Cismaan", "Osman"},
                                     {"Cabdullaahi", "Abdullahi"},
                                     {"Xaliimo", "Halimo"},
                                     {"Cabdiraxmaan", "Abdulrahman"}}) {
        EXPECT_EQ(sound_of(only_word(one)), sound_of(only_word(other))) << one << ' ' << other;
    }
}

TEST(naming_customs, arabic_script_sounds_as_the_usual_latin_spelling)
{
    for (const auto& [one, other] : {Pair{"محمد", "Mohammed"},
                                     {"أحمد", "Ahmed"},
                                     {"علي", "Ali"},
                                     {"عمر", "Omar"},
                                     {"حسن", "Hassan"},
                                     {"حسين", "Hussain"},
                                     {"الحسن", "Hassan"},
                                     {"فاطمة", "Fatima"},
                                     {"عائشة", "Aisha"},
                                     {"خديجة", "Khadija"},
                                     {"يوسف", "Yusuf"},
                                     {"إبراهيم", "Ibrahim"},
                                     {"مصطفى", "Mustafa"},
                                     {"عبد الله", "Abdullah"},
                                     {"عبد الرحمن", "Abdulrahman"},
                                     {"عبدالرحمن", "Abdirahman"},
                                     {"زينب", "Zainab"},
                                     {"خان", "Khan"},
                                     {"شيخ", "Sheikh"},
                                     {"مريم", "Maryam"},
                                     {"صالح", "Saleh"},
                                     {"نور", "Noor"},
                                     {"چوہدری", "Chaudhry"},
                                     {"محمود", "Mahmoud"},
                                     {"إسماعيل", "Ismail"},
                                     {"عيسى", "Issa"}}) {
        EXPECT_EQ(sound_of(only_word(one)), sound_of(only_word(other))) << one << ' ' << other << ' ' << fold(one);
    }
}

TEST(naming_customs, other_scripts_sound_as_their_latin_spelling)
{
    for (const auto& [one, other] : {Pair{"Саша", "Sasha"},
                                     {"Юрий", "Yuri"},
                                     {"Ковальський", "Kovalskyi"},
                                     {"Παπαδόπουλος", "Papadopoulos"},
                                     {"Γιώργος", "Giorgos"},
                                     {"अमित", "Amit"},
                                     {"ਸਿੰਘ", "Singh"},
                                     {"כהן", "Cohen"},
                                     {"גולן", "Golan"},
                                     {"李", "Li"}}) {
        EXPECT_EQ(sound_of(only_word(one)), sound_of(only_word(other))) << one << ' ' << other << ' ' << fold(one);
    }
}

TEST(naming_customs, names_that_only_a_class_can_join_share_one)
{
    for (const auto& [one, other] :
         {Pair{"Mohammed", "Muhammad"}, {"Mohammed", "Mohd"},    {"Mohammed", "Md"},        {"Mohammed", "Mehmet"},
          {"Maxamed", "Mohamed"},       {"Yusuf", "Youssef"},    {"Yusuf", "Yousaf"},       {"Yusuf", "Joseph"},
          {"Oleksandr", "Aleksandr"},   {"Dmytro", "Dmitri"},    {"Mykola", "Nikolai"},     {"Volodymyr", "Vladimir"},
          {"Serhii", "Sergei"},         {"Olha", "Olga"},        {"Siobhan", "Shevaun"},    {"Niamh", "Neve"},
          {"Caoimhe", "Keeva"},         {"Saoirse", "Sersha"},   {"Alasdair", "Alistair"},  {"Sean", "Shaun"},
          {"Małgorzata", "Gosia"},      {"Katarzyna", "Kasia"},  {"Elizabeth", "Liz"},      {"Elizabeth", "Beth"},
          {"Elizabeth", "Ellie"},       {"Elizabeth", "Lizzie"}, {"Aleksandr", "Sasha"},    {"Oleksandra", "Sasha"},
          {"William", "Billy"},         {"Sheikh", "Shaykh"},    {"Rahman", "Rehman"},      {"Hussain", "Hossain"},
          {"Nguyễn", "Nguyen"},         {"Zhang", "Cheung"},     {"Ahmed", "Achmed"},       {"Stefan", "Ștefan"},
          {"Fatima", "Faadumo"},        {"Aisha", "Ayşe"},       {"McDonald", "MacDonald"}, {"Oluwaseun", "Seun"},
          {"Reilly", "O'Reilly"}}) {
        const auto first = fold(one), second = fold(other);
        const auto first_word = words_of({.given = one})[0].word, second_word = words_of({.given = other})[0].word;
        EXPECT_TRUE(first == second || first_word == second_word || share_a_class(first_word, second_word))
            << one << ' ' << other;
    }
}

TEST(naming_customs, different_names_share_no_class)
{
    for (const auto& [one, other] : {Pair{"Smith", "Jones"},
                                     {"Jack", "Jake"},
                                     {"Khan", "Singh"},
                                     {"Mary", "Mark"},
                                     {"Amir", "Omar"},
                                     {"Hassan", "Hussain"},
                                     {"Daniel", "Danielle"}}) {
        EXPECT_FALSE(share_a_class(fold(one), fold(other))) << one << ' ' << other;
    }
}

TEST(naming_customs, words_are_the_same_in_any_order_and_any_box)
{
    const auto boxes = set_of_words({.given = "Van An", .family = "Nguyen"});
    EXPECT_EQ(set_of_words({.whole = "Nguyen Van An"}), set_of_words({.whole = "An Nguyen"}));
    EXPECT_TRUE(boxes.contains("nguyen") && boxes.contains("an"));
    EXPECT_EQ(set_of_words({.whole = "Nguyễn Thị Mai"}), set_of_words({.given = "Mai", .family = "Nguyen"}));
    EXPECT_EQ(set_of_words({.whole = "Nagy, Anna"}), set_of_words({.given = "Anna", .family = "Nagy"}));
    EXPECT_EQ(set_of_words({.whole = "Li Wei"}), set_of_words({.given = "Wei", .family = "Li"}));
}

TEST(naming_customs, a_chain_of_fathers_gives_each_name_in_its_order)
{
    const std::vector<NameWord> chain{
        {"ahmed", NameRole::unknown}, {"mohamed", NameRole::unknown}, {"warsame", NameRole::unknown}};
    EXPECT_EQ(words_of({.whole = "Ahmed Mohamed Warsame"}), chain);
    EXPECT_EQ(set_of_words({.whole = "Tekle"}), (std::set<std::string>{"tekle"}));
    EXPECT_EQ(set_of_words({.given = "Sukarno"}), (std::set<std::string>{"sukarno"}));
}

TEST(naming_customs, marks_and_letters_of_their_own_fold_equal)
{
    for (const auto& [one, other] : {Pair{"Łukasz", "Lukasz"},
                                     {"Ştefan", "Ștefan"},
                                     {"Ștefan", "Stefan"},
                                     {"Đorđe", "Dorde"},
                                     {"Zoë", "Zoe"},
                                     {"Nguyễn", "Nguyen"},
                                     {"Šarūnas", "Sarunas"}}) {
        EXPECT_EQ(fold(one), fold(other));
    }
    EXPECT_EQ(only_word("Ní Bhriain"), only_word("O'Brien"));
}

TEST(naming_customs, the_family_name_of_a_woman_meets_that_of_her_brother)
{
    for (const auto& [one, other] : {Pair{"Kowalska", "Kowalski"},
                                     {"Ivanova", "Ivanov"},
                                     {"Иванова", "Иванов"},
                                     {"Papadopoulou", "Papadopoulos"},
                                     {"Παπαδοπούλου", "Παπαδόπουλος"},
                                     {"Nováková", "Novák"},
                                     {"Horváthová", "Horváth"}}) {
        EXPECT_EQ(without_gender(only_word(one)), without_gender(only_word(other))) << one << ' ' << other;
    }
}

TEST(naming_customs, each_half_of_a_double_name_is_a_word)
{
    EXPECT_EQ(set_of_words({.family = "Smith-Jones"}), (std::set<std::string>{"smith", "jones"}));
    EXPECT_EQ(set_of_words({.family = "García Márquez"}), (std::set<std::string>{"garcia", "marquez"}));
}

TEST(naming_customs, singh_kaur_begum_bibi_and_khatun_are_words_beside_the_others)
{
    for (const char* name : {"Singh", "Kaur", "Begum", "Bibi", "Khatun"}) {
        EXPECT_EQ(set_of_words({.given = "Asha " + std::string(name), .family = "Gill"}).size(), 3U);
        EXPECT_EQ(only_word(name), fold(name));
    }
}

TEST(naming_customs, scots_and_irish_prefixes_are_one_word_with_their_name)
{
    for (const auto& [one, other] : {Pair{"McDonald", "MacDonald"},
                                     {"McDonald", "Mc Donald"},
                                     {"McDonald", "Mac Donald"},
                                     {"O'Brien", "OBrien"},
                                     {"O'Brien", "Ó Briain"},
                                     {"O'Neill", "Ó Néill"}}) {
        EXPECT_EQ(only_word(one), only_word(other)) << other;
    }
}

TEST(naming_customs, the_list_of_names_knows_many_and_each_word_is_folded)
{
    EXPECT_GT(classes().count(), 450U);
    EXPECT_FALSE(classes().of("elizabeth").empty());
}

} // namespace reachable::identity
