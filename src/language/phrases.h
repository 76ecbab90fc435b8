// Words that blame a child, found in what staff write, with what may stand instead and why (R-N-01 to R-N-09). Advice
// only: nothing here refuses or changes a text.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "language/words.h"

#include <filesystem>
#include <map>
#include <optional>
#include <span>

namespace reachable::language {

/// One row of the list. `patterns` and `exceptions` stand as in the data: the script of a page reads them too.
struct Phrase {
    int number = 0;
    std::string name;
    std::vector<std::string> patterns;
    std::vector<std::string> exceptions;
    std::vector<std::string> better; // each may stand in the text as it is
    std::string advice;
    std::string why;
    bool may_change_decision = false; // then the writer is asked whether they would decide the same (R-N-07)
    CivilDate valid_from{};
    std::optional<CivilDate> valid_to;

    bool is_in_force(CivilDate day) const { return valid_from <= day && (!valid_to || day <= *valid_to); }
};

/// Where a phrase stands in a text, in bytes: the end is one past it.
struct Place {
    const Phrase* phrase;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The list, ready to be looked for.
class Phrases {
  public:
    /// Reads lists with the columns of data/language/README.md, one after the other. Refuses a row that cannot be read,
    /// by its line.
    static Result<Phrases> read(std::span<const std::filesystem::path> files);
    static Result<Phrases> parse(std::string_view csv);

    Phrases(Phrases&&) = default;
    Phrases& operator=(Phrases&&) = default;
    Phrases(const Phrases&) = delete; // places point into it

    /// The places of phrases in force on that day, in the order of the text; none overlaps another. Of several that
    /// begin at one word, the longest. Whole words only; what stands in double quotation marks on one line is somebody
    /// else's and is passed over (R-N-03), and so is what an exception covers (R-N-04). Its time grows with the text.
    std::vector<Place> find(std::string_view text, CivilDate day) const;
    const std::vector<Phrase>& all() const { return all_; }

  private:
    Phrases() : nodes_(1) {}
    /// A word further on the way through the patterns; what ends here.
    struct Node {
        std::map<std::string, std::size_t, std::less<>> next;
        std::vector<std::size_t> phrases;
        std::vector<std::size_t> exceptions;
    };
    struct Match {
        std::size_t words = 0;          // none: nothing begins here
        const Phrase* phrase = nullptr; // null: an exception
    };
    Result<> add_rows(std::string_view csv);
    Result<> add(std::string_view pattern, std::vector<std::size_t> Node::* ends, std::size_t phrase);
    Result<std::vector<std::size_t>> grow(const std::vector<std::size_t>& from, std::string_view piece);

    Match longest_at(std::span<const Word> words, CivilDate day) const;
    const Phrase* in_force(const std::vector<std::size_t>& rows, CivilDate day) const;

    std::vector<Phrase> all_;
    std::vector<Node> nodes_; // the first is where every pattern begins
};

/// The words at a place as the list writes them: "choosing to go missing", whatever their capitals and spaces.
std::string words_at(std::string_view text, const Place& place);

} // namespace reachable::language
