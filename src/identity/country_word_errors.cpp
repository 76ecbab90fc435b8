// Slips within one word: of the fingers, of the ear, of habit.
#include "base/text.h"
#include "identity/country_errors.h"
#include "identity/country_spelling.h"

namespace reachable::identity {
namespace {

/// The keys around each letter of a British keyboard.
constexpr std::array<std::string_view, 26> neighbours{
    "qswz", "vghn", "xdfv", "serfcx", "wrds", "drtgvc", "ftyhbv", "gyujnb", "uokj", "huikmn", "jiolm", "kop",  "njk",
    "bhjm", "iplk", "ol",   "wa",     "etfd", "awedxz", "ryfg",   "yihj",   "cfgb", "qeas",   "zsdc",  "tugh", "asx",
};

/// The word cut into its letters, each whole in UTF-8.
std::vector<std::string> letters_of(std::string_view word)
{
    std::vector<std::string> letters;
    for (const char byte : word) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U || letters.empty()) letters.emplace_back();
        letters.back() += byte;
    }
    return letters;
}

std::string neighbour_of(const std::string& letter, Random& random)
{
    const auto low = to_lower_ascii(letter);
    if (low.size() != 1 || low[0] < 'a' || low[0] > 'z')
        return std::string(1, static_cast<char>('a' + random.below(26)));
    const auto keys = neighbours[static_cast<std::size_t>(low[0] - 'a')];
    const char key = keys[random.below(keys.size())];
    return std::string(1, letter == low ? key : static_cast<char>(key - 'a' + 'A'));
}

struct Sound {
    std::string_view from;
    std::string_view to;
};
constexpr Sound initials[] = {
    {"C", "K"}, {"K", "C"},   {"Ph", "F"}, {"F", "Ph"}, {"J", "G"}, {"G", "J"}, {"S", "Z"},
    {"Z", "S"}, {"Sh", "Ch"}, {"B", "P"},  {"P", "B"},  {"D", "T"}, {"T", "D"}, {"M", "N"},
    {"N", "M"}, {"I", "E"},   {"E", "I"},  {"A", "E"},  {"O", "A"}, {"U", "O"}, {"Y", "J"},
    {"W", "V"}, {"V", "W"},   {"H", ""},   {"R", "W"},  {"L", "R"}, {"Q", "K"}, {"X", "Sh"},
};

struct ShortForms {
    std::string_view name;
    std::string_view forms;
};
constexpr ShortForms short_forms[] = {
    {"Elizabeth", "Liz/Beth/Lizzie/Eliza/Betty"},
    {"Katherine", "Kate/Kathy/Katie"},
    {"Catherine", "Cath/Cathy/Kate"},
    {"Margaret", "Maggie/Meg/Peggy"},
    {"Rebecca", "Becky/Bex"},
    {"Jessica", "Jess/Jessie"},
    {"Charlotte", "Lottie/Charlie"},
    {"Olivia", "Liv/Livvy"},
    {"Amelia", "Millie/Amy"},
    {"Emily", "Em/Emmy"},
    {"Isabella", "Bella/Izzy"},
    {"Abigail", "Abby/Abi"},
    {"Eleanor", "Ellie/Nell"},
    {"Bethany", "Beth"},
    {"Georgia", "Georgie"},
    {"Hannah", "Han"},
    {"Victoria", "Vicky/Tori"},
    {"Jennifer", "Jen/Jenny"},
    {"Samantha", "Sam/Sammy"},
    {"Alexandra", "Alex/Sandra/Lexi"},
    {"Stephanie", "Steph"},
    {"Danielle", "Dani"},
    {"Susan", "Sue"},
    {"Nicola", "Nicky"},
    {"Francesca", "Fran/Frankie"},
    {"Matilda", "Tilly"},
    {"Florence", "Flo/Florrie"},
    {"Beatrice", "Bea"},
    {"Natasha", "Tasha"},
    {"Theresa", "Terri/Tess"},
    {"Deborah", "Debbie"},
    {"Philippa", "Pippa"},
    {"Jacqueline", "Jackie"},
    {"Gillian", "Gill"},
    {"Phoebe", "Phoebs"},
    {"Thomas", "Tom/Tommy"},
    {"James", "Jim/Jimmy/Jamie"},
    {"William", "Will/Bill/Billy/Liam"},
    {"Joshua", "Josh"},
    {"Daniel", "Dan/Danny"},
    {"Samuel", "Sam/Sammy"},
    {"Joseph", "Joe/Joey"},
    {"Benjamin", "Ben/Benji"},
    {"Alexander", "Alex/Xander/Sandy"},
    {"Matthew", "Matt"},
    {"Nathan", "Nate"},
    {"Michael", "Mike/Mick/Mikey"},
    {"David", "Dave/Davy"},
    {"Christopher", "Chris/Kit"},
    {"Andrew", "Andy/Drew"},
    {"Robert", "Rob/Bob/Bobby"},
    {"Stephen", "Steve"},
    {"Edward", "Ed/Ted/Eddie/Ned"},
    {"Henry", "Harry/Hal"},
    {"Oliver", "Ollie"},
    {"George", "Georgie"},
    {"Frederick", "Fred/Freddie"},
    {"Anthony", "Tony"},
    {"Jonathan", "Jon/Jonny"},
    {"Nicholas", "Nick"},
    {"Richard", "Rich/Rick/Dick"},
    {"Charles", "Charlie/Chas"},
    {"Patrick", "Pat/Paddy"},
    {"Timothy", "Tim"},
    {"Zachary", "Zach/Zac"},
    {"Dominic", "Dom"},
    {"Gregory", "Greg"},
    {"Archie", "Arch"},
    {"Callum", "Cal"},
    {"Bridget", "Biddy/Bridie"},
    {"Kathleen", "Kath"},
    {"Siobhan", "Shiv"},
    {"Eamon", "Ned"},
    {"Cillian", "Cill"},
    {"Małgorzata", "Gosia/Małgosia"},
    {"Katarzyna", "Kasia"},
    {"Agnieszka", "Aga"},
    {"Zuzanna", "Zuzia"},
    {"Zofia", "Zosia"},
    {"Aleksandra", "Ola"},
    {"Joanna", "Asia"},
    {"Magdalena", "Magda"},
    {"Barbara", "Basia"},
    {"Maria", "Marysia"},
    {"Wojciech", "Wojtek"},
    {"Krzysztof", "Krzysiek/Krzys"},
    {"Tomasz", "Tomek"},
    {"Grzegorz", "Grzesiek"},
    {"Jakub", "Kuba"},
    {"Michał", "Michałek"},
    {"Stanisław", "Staszek"},
    {"Aleksander", "Olek"},
    {"Piotr", "Piotrek"},
    {"Alexandru", "Alex/Sandu"},
    {"Ștefan", "Fane"},
    {"Gheorghe", "Ghiță/Gigi"},
    {"Elena", "Lenuța"},
    {"Mihaela", "Miha"},
    {"Oleksandr", "Sasha/Sashko"},
    {"Dmytro", "Dima"},
    {"Volodymyr", "Vova"},
    {"Mykola", "Kolia"},
    {"Yurii", "Yura"},
    {"Mykhailo", "Misha"},
    {"Kateryna", "Katya"},
    {"Nataliia", "Natasha"},
    {"Anastasiia", "Nastia"},
    {"Oleksandra", "Sasha"},
    {"Tetiana", "Tania"},
    {"Yevhen", "Zhenia"},
    {"Francisco", "Paco/Chico"},
    {"José", "Pepe/Zé"},
    {"Dolores", "Lola"},
    {"Antonio", "Toni"},
    {"Isabel", "Isa"},
    {"Mercedes", "Merche"},
    {"Concepción", "Concha"},
    {"Mohammed", "Mo/Moh"},
    {"Mohamed", "Mo"},
    {"Abdullah", "Abdul"},
    {"Abdirahman", "Abdi"},
    {"Khadija", "Khadi"},
    {"Chukwuemeka", "Emeka"},
    {"Oluwaseun", "Seun"},
    {"Babatunde", "Tunde"},
    {"Emmanuel", "Emma/Manny"},
    {"Gurpreet", "Gopi/Preet"},
    {"Harpreet", "Preeti/Happy"},
    {"Gebremedhin", "Gebre"},
    {"Selamawit", "Selam"},
};

} // namespace

std::string with_typo(std::string_view word, Random& random)
{
    const auto letters = letters_of(word);
    if (letters.empty()) return {};
    for (int attempt = 0; attempt < 64; ++attempt) {
        auto changed = letters;
        // The first letter is seldom wrong.
        const auto at = static_cast<std::ptrdiff_t>(
            letters.size() < 2 || random.one_in(10) ? 0 : random.between(1, letters.size() - 1));
        const auto here = static_cast<std::size_t>(at);
        switch (random.below(4)) {
        case 0: changed.insert(changed.begin() + at + 1, to_lower_ascii(neighbour_of(letters[here], random))); break;
        case 1:
            if (letters.size() > 2) changed.erase(changed.begin() + at);
            break;
        case 2: changed[here] = neighbour_of(letters[here], random); break;
        default:
            if (here + 1 < changed.size()) std::swap(changed[here], changed[here + 1]);
        }
        auto written = join(changed, "");
        if (written != word) return written;
    }
    return std::string(word);
}

std::string misheard(std::string_view word, Random& random)
{
    QuickRandom own(random.next());
    if (random.one_in(5)) {
        const auto from = random.below(std::size(initials));
        for (std::size_t i = 0; i < std::size(initials); ++i) {
            const auto& sound = initials[(from + i) % std::size(initials)];
            if (word.starts_with(sound.from) && word.size() > sound.from.size() + 1)
                return capitalised(std::string(sound.to) + std::string(word.substr(sound.from.size())));
        }
    }
    auto written = respelled(std::string(word), own);
    return own.one_in(4) ? respelled(std::move(written), own) : written;
}

std::string short_form_of(std::string_view given, Random& random)
{
    static const auto by_name = [] {
        std::unordered_map<std::string_view, std::vector<std::string_view>> made;
        for (const auto& each : short_forms) made.emplace(each.name, split(each.forms, '/'));
        return made;
    }();
    const auto found = by_name.find(given);
    if (found == by_name.end()) return {};
    return std::string(found->second[random.below(found->second.size())]);
}

std::string with_wrong_digit(std::string text, Random& random)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] >= '0' && text[i] <= '9') places.push_back(i);
    if (places.empty()) return text;
    auto& digit = text[places[random.below(places.size())]];
    digit = static_cast<char>('0' + (static_cast<std::size_t>(digit - '0') + random.between(1, 9)) % 10);
    return text;
}

} // namespace reachable::identity
