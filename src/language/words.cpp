#include "language/words.h"

#include <algorithm>

namespace reachable::language {
namespace {

enum class Kind { letter, apostrophe, between, apart, quotation };

struct Sign {
    Kind kind = Kind::apart;
    std::size_t size = 1;
};

constexpr std::string_view closing_quote = "\u201D";

Sign plain_sign(char c)
{
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_letter) return {Kind::letter};
    if (c == '\'' || c == '`') return {Kind::apostrophe};
    if (c == '"') return {Kind::quotation};
    return {c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r' ? Kind::between : Kind::apart};
}

/// The general punctuation of Unicode, U+2000 to U+203F, by the last of its three bytes; U+203F starts no word either.
Sign punctuation(unsigned char last)
{
    const bool is_apostrophe = last == 0x98 || last == 0x99 || last == 0x9B;
    const bool is_between = last <= 0x91 || last == 0xAF; // spaces, what has no width, hyphens
    if (is_apostrophe) return {Kind::apostrophe, 3};
    if (last == 0x9C) return {Kind::quotation, 3};
    return {is_between ? Kind::between : Kind::apart, 3};
}

Sign sign_at(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> unsigned char {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    const auto first = byte(0);
    if (first < 0x80) return plain_sign(static_cast<char>(first)); // behind the end: no letter
    if (first == 0xC2 && byte(1) == 0xA0) return {Kind::between, 2};
    if (first == 0xC2 && byte(1) < 0xC0) return {Kind::apart, 2}; // signs of Latin-1: « ° ·
    if (first == 0xE2 && byte(1) == 0x80) return punctuation(byte(2));
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return {Kind::letter, std::min(size, text.size() - at)};
}

/// Adds one letter in lower case: A to Z, and the capitals of Latin-1 and Welsh.
void add_lower(std::string& word, std::string_view letter)
{
    word += letter;
    const auto first = static_cast<unsigned char>(letter.front());
    auto& last = word.back();
    const auto value = static_cast<unsigned char>(last);
    if (letter.size() == 1 && last >= 'A' && last <= 'Z') last = static_cast<char>(last - 'A' + 'a');
    if (letter.size() != 2) return;
    if (first == 0xC3 && value >= 0x80 && value <= 0x9E) last = static_cast<char>(value + 0x20); // À to Þ
    if (first == 0xC5 && (value == 0xB4 || value == 0xB6)) last = static_cast<char>(value + 1);  // Ŵ, Ŷ
}

/// Reads a text once, from its beginning.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::vector<Word> words()
    {
        while (at_ < text_.size()) {
            const auto sign = sign_at(text_, at_);
            if (sign.kind == Kind::letter) {
                take_word();
                continue;
            }
            is_apart_ = is_apart_ || sign.kind == Kind::apart || sign.kind == Kind::quotation;
            at_ = sign.kind == Kind::quotation ? after_quotation(sign) : at_ + sign.size;
        }
        return std::move(words_);
    }

  private:
    void take_word()
    {
        Word word{.begin = at_, .end = at_, .is_apart = is_apart_};
        for (auto sign = sign_at(text_, at_); at_ < text_.size(); sign = sign_at(text_, at_)) {
            const auto next = at_ + sign.size;
            const bool joins =
                sign.kind == Kind::apostrophe && next < text_.size() && sign_at(text_, next).kind == Kind::letter;
            if (sign.kind != Kind::letter && !joins) break;
            if (joins)
                word.letters += '\'';
            else
                add_lower(word.letters, text_.substr(at_, sign.size));
            at_ = next;
            if (!joins && !word.letters.ends_with("'s")) word.end = at_;
        }
        drop_ending(word);
        words_.push_back(std::move(word));
        is_apart_ = false;
    }

    /// "boyfriend's" is his; "it's" is no other word than "it" here.
    void drop_ending(Word& word) const
    {
        if (word.letters.ends_with("'s") && word.letters.size() > 2)
            word.letters.resize(word.letters.size() - 2);
        else
            word.end = at_;
    }

    /// One past the sign that ends the quotation on the same line; past the opening one where none does.
    std::size_t after_quotation(const Sign& opening)
    {
        const auto close = opening.size == 1 ? std::string_view("\"") : closing_quote;
        auto& none_before = opening.size == 1 ? no_plain_before_ : no_curly_before_;
        const auto from = at_ + opening.size;
        if (from < none_before) return from;
        if (line_end_ < from) line_end_ = std::min(text_.find('\n', from), text_.size());
        const auto found = text_.substr(0, line_end_).find(close, from);
        if (found != std::string_view::npos) return found + close.size();
        none_before = line_end_; // so that a line of opening quotes is read once
        return from;
    }

    std::string_view text_;
    std::vector<Word> words_;
    std::size_t at_ = 0;
    std::size_t line_end_ = 0;
    std::size_t no_plain_before_ = 0;
    std::size_t no_curly_before_ = 0;
    bool is_apart_ = false;
};

} // namespace

std::vector<Word> words_of(std::string_view text)
{
    return Reader(text).words();
}

} // namespace reachable::language
