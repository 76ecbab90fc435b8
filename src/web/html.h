// HTML that cannot carry an injection: text becomes Html only by being escaped, or by being a literal in our source.
#pragma once

#include <string>
#include <string_view>

namespace reachable::web {

/// Plain words from a person or a record. Escaped wherever it goes into a page.
struct Text {
    std::string words;
    Text() = default;
    Text(std::string value) : words(std::move(value)) {}
    Text(std::string_view value) : words(value) {}
    Text(const char* value) : words(value) {}
    bool operator==(const Text&) const = default;
    bool empty() const { return words.empty(); }
};

/// Markup, ready to send. There is no way to make it from a run-time string: only from literals (`lit`), from
/// escaped text, and from other Html.
class Html {
  public:
    Html() = default;

    Html& operator<<(const Html& other)
    {
        markup_ += other.markup_;
        return *this;
    }
    /// Escapes & < > " '
    Html& operator<<(const Text& text);
    Html& operator<<(std::string_view text) { return *this << Text(text); }
    Html& operator<<(const std::string& text) { return *this << Text(text); }
    Html& operator<<(const char* text) = delete; // say lit("…") for markup or Text("…") for words

    template <std::size_t N>
    Html& lit(const char (&markup)[N])
    {
        markup_.append(markup, N - 1);
        return *this;
    }
    /// Adds ` name="value"`, the value escaped. The name is ours.
    template <std::size_t N>
    Html& attribute(const char (&name)[N], std::string_view value)
    {
        markup_ += ' ';
        markup_.append(name, N - 1);
        markup_ += "=\"";
        *this << Text(value);
        markup_ += '"';
        return *this;
    }

    bool empty() const { return markup_.empty(); }
    const std::string& markup() const { return markup_; }
    std::string take() && { return std::move(markup_); }
    void reserve(std::size_t size) { markup_.reserve(size); }

    friend struct TrustedMarkup;

  private:
    std::string markup_;
};

/// Escaped text as Html.
Html html(const Text& text);
/// A literal as Html: lit("<br>").
template <std::size_t N>
Html lit(const char (&markup)[N])
{
    Html out;
    out.lit(markup);
    return out;
}

} // namespace reachable::web
