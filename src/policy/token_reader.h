// Walks over the tokens of one statement and says, with line and remedy, what it did not expect.
#pragma once

#include "policy/tokens.h"
#include "policy/vocabulary.h"

namespace reachable::policy {

/// A name that stands for several of the known words.
struct NamedWords {
    std::string name;
    std::vector<std::string> words;
};

class TokenReader {
  public:
    explicit TokenReader(std::span<const Token> tokens) : tokens_(tokens) {}

    bool is_at_end() const { return next_ >= tokens_.size(); }
    bool is_at(std::string_view word) const;
    /// Steps over the word if it stands here.
    bool take(std::string_view word);
    /// Steps over each of the words, divided by spaces, or refuses.
    Result<> expect(std::string_view words);
    /// Nothing may follow but one of `words`, which may be empty.
    Result<> expect_end(std::initializer_list<std::string_view> words) const;

    /// A sentence between quotation marks; `what` it should say, for the refusal.
    Result<std::string> sentence(std::string_view what);
    /// Any word that is no keyword of the language; `what` it names.
    Result<std::string> name(std::string_view what);
    /// One of `known`; its place among them.
    Result<std::size_t> one_of(Words known, std::string_view what);
    /// One or more of `known`, comma between, none twice; one bit each. The name of a group stands for its words.
    Result<std::uint64_t> list_of(Words known, std::string_view what, std::span<const NamedWords> groups = {});
    /// The same as words, in the order of the text. ".same" behind "same-person.open" is "same-person.same".
    Result<std::vector<std::string>> words_of(Words known, std::string_view what,
                                              std::span<const NamedWords> groups = {});
    /// One or more names, comma between, none twice, shortened likewise.
    Result<std::vector<std::string>> names(std::string_view what);

    /// A count from 1 to 100,000.
    Result<int> count();
    /// "15 minutes", "1 hour", "2 days".
    Result<std::chrono::seconds> duration();

    tl::unexpected<Problems> fault(std::string_view sentence) const;
    tl::unexpected<Problems> fault_at(int line, std::string_view sentence) const;

  private:
    const Token* here() const { return is_at_end() ? nullptr : &tokens_[next_]; }
    int line() const;
    std::string shown() const;
    Result<std::string> word_behind(const std::vector<std::string>& words) const;

    std::span<const Token> tokens_;
    std::size_t next_ = 0;
};

/// The words with a meaning of their own, which may name nothing.
bool is_keyword(std::string_view word);

} // namespace reachable::policy
