#include "web/components/markup_tokens.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <gtest/gtest.h>

namespace reachable::web {

namespace {

constexpr std::string_view spaces = " \t\r\n\f";

void append_code_point(std::string& out, unsigned long code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// The text of one entity, or "" when it is not one that is known here.
std::string entity(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> named{{
        {"amp", "&"},
        {"lt", "<"},
        {"gt", ">"},
        {"quot", "\""},
        {"apos", "'"},
        {"nbsp", "\u00a0"},
        {"ctdot", "\u22ef"},
        {"copy", "\u00a9"},
    }};
    for (const auto& [known, text] : named)
        if (name == known) return std::string(text);
    if (name.size() < 2 || name[0] != '#') return {};
    const bool is_hexadecimal = name[1] == 'x' || name[1] == 'X';
    std::string out;
    append_code_point(out,
                      std::stoul(std::string(name.substr(is_hexadecimal ? 2 : 1)), nullptr, is_hexadecimal ? 16 : 10));
    return out;
}

std::string decoded(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const auto end = text[0] == '&' ? text.find(';') : std::string_view::npos;
        const std::string found = end < 12 ? entity(text.substr(1, end - 1)) : std::string();
        out += found.empty() ? std::string(text.substr(0, 1)) : found;
        text.remove_prefix(found.empty() ? 1 : end + 1);
    }
    return out;
}

std::string collapsed(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool is_space = spaces.find(c) != std::string_view::npos;
        if (!is_space)
            out += c;
        else if (out.empty() || out.back() != ' ')
            out += ' ';
    }
    return out;
}

std::string trimmed(std::string text)
{
    while (!text.empty() && text.back() == ' ') text.pop_back();
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
    return text;
}

/// Reads markup from left to right.
class Reader {
  public:
    explicit Reader(std::string_view markup) : rest_(markup) {}

    std::vector<std::string> read()
    {
        while (!rest_.empty()) {
            if (rest_.starts_with("<!--"))
                read_comment();
            else if (rest_.starts_with("<"))
                read_tag();
            else
                read_text();
        }
        drop_space_before_block();
        return std::move(tokens_);
    }

  private:
    void read_comment()
    {
        const auto end = rest_.find("-->");
        add_tag(take(end == std::string_view::npos ? rest_.size() : end + 3), "");
    }

    void read_text()
    {
        const auto end = std::min(rest_.find('<'), rest_.size());
        std::string text = collapsed(decoded(take(end)));
        if (after_block_ && text.starts_with(' ')) text.erase(0, 1);
        if (text.empty()) return;
        tokens_.push_back(text);
        is_text_last_ = true;
        after_block_ = false;
    }

    void read_tag()
    {
        rest_.remove_prefix(1);
        std::string name = take_until(" \t\r\n\f>");
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        std::vector<std::string> attributes;
        for (skip_spaces(); !rest_.empty() && rest_[0] != '>'; skip_spaces()) {
            if (rest_[0] == '/')
                rest_.remove_prefix(1);
            else
                attributes.push_back(read_attribute());
        }
        if (!rest_.empty()) rest_.remove_prefix(1);
        std::sort(attributes.begin(), attributes.end());
        std::string tag = "<" + name;
        for (const std::string& attribute : attributes) tag += " " + attribute;
        add_tag(tag + ">", name.starts_with('/') ? name.substr(1) : name);
    }

    std::string read_attribute()
    {
        const std::string name = take_until(" \t\r\n\f=>/");
        if (!rest_.starts_with("=")) return name;
        rest_.remove_prefix(1);
        std::string value;
        if (rest_.starts_with("\"") || rest_.starts_with("'")) {
            const char quote[] = {rest_[0], '\0'};
            rest_.remove_prefix(1);
            value = take_until(quote);
            if (!rest_.empty()) rest_.remove_prefix(1);
        } else {
            value = take_until(" \t\r\n\f>");
        }
        value = decoded(value);
        if (name == "class") value = trimmed(collapsed(value));
        return name + "=\"" + value + "\"";
    }

    void add_tag(std::string tag, std::string_view name)
    {
        static constexpr std::array inline_tags{"a", "abbr", "b", "code", "em", "i", "kbd", "span", "strong", "time"};
        const bool is_inline = std::find(inline_tags.begin(), inline_tags.end(), name) != inline_tags.end();
        if (!is_inline) drop_space_before_block();
        tokens_.push_back(std::move(tag));
        is_text_last_ = false;
        after_block_ = !is_inline;
    }

    void drop_space_before_block()
    {
        if (!is_text_last_ || !tokens_.back().ends_with(' ')) return;
        tokens_.back().pop_back();
        if (tokens_.back().empty()) tokens_.pop_back();
    }

    void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(spaces), rest_.size())); }
    std::string take(std::size_t count)
    {
        std::string taken(rest_.substr(0, count));
        rest_.remove_prefix(count);
        return taken;
    }
    std::string take_until(const char* ends) { return take(std::min(rest_.find_first_of(ends), rest_.size())); }

    std::string_view rest_;
    std::vector<std::string> tokens_;
    bool after_block_ = true;
    bool is_text_last_ = false;
};

} // namespace

std::vector<std::string> tokens_of(std::string_view markup)
{
    return Reader(markup).read();
}

using Tokens = std::vector<std::string>;

TEST(MarkupTokens, attributes_may_stand_in_any_order_and_entities_be_spelt_in_any_way)
{
    EXPECT_EQ(tokens_of("<p id=\"a&amp;b\"\n class=\" x  y \">it&#39;s &lt;b&gt;</p>"),
              (Tokens{"<p class=\"x y\" id=\"a&b\">", "it's <b>", "</p>"}));
    EXPECT_EQ(tokens_of("<P class='x y' id='a&#x26;b'>\n  it's\n &lt;b>\n</P>"),
              tokens_of("<p id=\"a&amp;b\" class=\"x y\">it&apos;s &lt;b&gt;</p>"));
}

TEST(MarkupTokens, a_missing_class_a_changed_value_and_a_bare_name_are_all_seen)
{
    const Tokens whole = tokens_of("<input class=\"a b\" value=\"\" disabled>");
    EXPECT_NE(whole, tokens_of("<input class=\"a\" value=\"\" disabled>"));
    EXPECT_NE(whole, tokens_of("<input class=\"a b\" value=\" \" disabled>"));
    EXPECT_NE(whole, tokens_of("<input class=\"a b\" value disabled>"));
    EXPECT_NE(whole, tokens_of("<input class=\"a b\" value=\"\" disabled=\"\">"));
    EXPECT_NE(whole, tokens_of("<input class=\"a b\" value=\"\">"));
}

TEST(MarkupTokens, a_space_counts_between_words_but_not_beside_a_block)
{
    EXPECT_EQ(tokens_of("<p>\n <a>one</a>\n two\n</p>\n"), tokens_of("<p><a>one</a> two</p>"));
    EXPECT_NE(tokens_of("<p><a>one</a> two</p>"), tokens_of("<p><a>one</a>two</p>"));
    EXPECT_EQ(tokens_of("<div> </div>"), (Tokens{"<div>", "</div>"}));
}

} // namespace reachable::web
