#include "identity/name_words.h"

#include "identity/folding.h"
#include "identity/name_customs.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace reachable::identity {

namespace {

struct Piece {
    std::string_view text;
    WordCustom custom;
};

using enum WordCustom;

bool has_letter(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char letter) { return letter >= 'a'; });
}

std::vector<Piece> pieces_of(std::string_view folded)
{
    std::vector<Piece> pieces;
    pieces.reserve(8);
    while (!folded.empty()) {
        const auto word = folded.substr(0, folded.find(' '));
        pieces.push_back({word, custom_of(word)});
        folded.remove_prefix(std::min(word.size() + 1, folded.size()));
    }
    return pieces;
}

/// One box of a name, read word by word.
class Box {
  public:
    Box(std::string_view folded, NameRole role, std::vector<NameWord>& words)
        : pieces_(pieces_of(folded)), role_(role), words_(words)
    {
    }

    void read()
    {
        while (at_ < pieces_.size()) {
            if (const auto count = left_out()) {
                at_ += count;
                last_was_left_out_ = true;
                continue;
            }
            if (!read_joined()) put(std::string(pieces_[at_++].text));
        }
    }

  private:
    bool is_last() const { return at_ + 1 == pieces_.size(); }
    bool is_alone() const { return pieces_.size() == 1; }
    WordCustom next() const { return is_last() ? none : pieces_[at_ + 1].custom; }
    std::string_view next_text() const { return is_last() ? std::string_view{} : pieces_[at_ + 1].text; }

    /// How many words from here on are no part of the name.
    std::size_t left_out() const
    {
        const bool is_family = role_ == NameRole::family;
        if (!has_letter(pieces_[at_].text)) return 1;
        switch (pieces_[at_].custom) {
        case title:
        case placeholder: return 1;
        case title_or_family: return is_family && is_alone() ? 0 : 1;
        case particle: return is_last() ? 0 : 1;
        case particle_or_name: return is_last() || (at_ == 0 && !is_family) ? 0 : 1;
        case placeholder_unless_family: return is_family && !last_was_left_out_ ? 0 : 1;
        case counted_placeholder: return is_numbered() ? 2 : 1;
        case negation: return count_of_negated();
        default: return 0;
        }
    }

    bool is_numbered() const { return next() == number || (!is_last() && !has_letter(next_text())); }

    /// "not known" and "n/a" are two words, "no name given" and "not yet named" three.
    std::size_t count_of_negated() const
    {
        const auto word = pieces_[at_].text;
        if (word == "n") return next_text() == "a" || next_text() == "k" ? 2 : 0;
        std::size_t count = 1;
        while (at_ + count < pieces_.size() && pieces_[at_ + count].custom == negated) ++count;
        return count > 1 ? count : 0;
    }

    /// Two words that are one name.
    bool read_joined()
    {
        if (is_last()) return false;
        if (is_before_faith()) return join(pieces_[at_].text, "uddin", 3);
        const bool may_be_given = role_ == NameRole::given;
        switch (pieces_[at_].custom) {
        case gaelic_prefix: return (!may_be_given || pieces_[at_].text == "mc") && join("mc", next_text());
        case irish_son: return !may_be_given && join_irish("o");
        case irish_daughter:
            return !english_of_irish(next_text()).empty() && join_irish(pieces_[at_].text == "nic" ? "mc" : "o");
        case joined_prefix: return join(pieces_[at_].text, next_text());
        case servant: return read_servant();
        default: return false;
        }
    }

    /// "Salah al-Din", "Nur ud Deen": names that end in "of the faith" are mostly written as one word.
    bool is_before_faith() const
    {
        if (at_ + 2 >= pieces_.size()) return false;
        const auto article = next_text(), faith = pieces_[at_ + 2].text;
        return (article == "al" || article == "el" || article == "ud" || article == "ed" || article == "ad") &&
               (faith == "din" || faith == "deen" || faith == "dyn");
    }

    bool join(std::string_view prefix, std::string_view word, std::size_t taken = 2)
    {
        std::string joined(prefix);
        if (const auto english = english_of_irish(word); prefix == "mc" && !english.empty()) word = english;
        joined += word;
        put(std::move(joined));
        at_ += taken;
        return true;
    }

    bool join_irish(std::string_view prefix)
    {
        const auto english = english_of_irish(next_text());
        return join(prefix, english.empty() ? next_text() : english);
    }

    /// "Abdul Rahman" and "Abd al-Rahman" are one name. In a name given whole, "Abdul Malik" may be a given and a
    /// family name: only with a third word behind it is it surely the given one.
    bool read_servant()
    {
        const std::size_t name_at = at_ + (next() == particle ? 2 : 1);
        if (name_at >= pieces_.size() || !completes_abdul(pieces_[name_at].text)) return false;
        const bool has_family_behind = name_at + 1 < pieces_.size();
        const bool is_surely_one = role_ != NameRole::unknown || has_family_behind || name_at == at_ + 2;
        const auto name = pieces_[name_at].text;
        const bool is_god = name == "allah" || name == "allh";
        return (is_surely_one || is_god) && join(is_god ? "abd" : "abdul", name, name_at + 1 - at_);
    }

    void put(std::string word)
    {
        last_was_left_out_ = false;
        if (has_mac_prefix(word)) word.erase(1, 1);
        if (word.starts_with('o') && word.size() > 4) {
            if (const auto english = english_of_irish(std::string_view(word).substr(1)); !english.empty()) {
                word.replace(1, std::string::npos, english);
            }
        }
        NameWord named{.word = std::move(word), .role = role_};
        if (std::find(words_.begin(), words_.end(), named) == words_.end()) words_.push_back(std::move(named));
    }

    std::vector<Piece> pieces_;
    NameRole role_;
    std::vector<NameWord>& words_;
    std::size_t at_ = 0;
    bool last_was_left_out_ = false;
};

} // namespace

std::vector<NameWord> words_of(const SourceName& name)
{
    std::vector<NameWord> words;
    words.reserve(4);
    const auto read = [&](const std::string& box, NameRole role) {
        if (!box.empty()) Box(fold(box), role, words).read();
    };
    read(name.given, NameRole::given);
    read(name.family, NameRole::family);
    read(name.whole, NameRole::unknown);
    return words;
}

} // namespace reachable::identity
