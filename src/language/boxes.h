// In which boxes of the forms the wording is read: an allow-list, as data. Never a child's own words, nor what a family
// said (R-N-03).
#pragma once

#include "base/result.h"

#include <filesystem>

namespace reachable::language {

/// One row. A "*" in its name stands for one piece between hyphens.
struct Box {
    std::string name;
    bool is_read = false;
    std::string changed_at; // "correct": the correction of a detention; "form": the same form; "": nowhere
};

class Boxes {
  public:
    /// Reads a list with the columns of data/language/README.md; refuses a row that cannot be read, by its line.
    static Result<Boxes> read(const std::filesystem::path& file);
    static Result<Boxes> parse(std::string_view csv);

    /// The row of a box whose wording is read; null of every other. Where two rows fit, "no" wins.
    const Box* find_read(std::string_view name) const;
    const std::vector<Box>& all() const { return all_; }

  private:
    std::vector<Box> all_;
};

/// True if a box of that name fits a row of that name, piece by piece.
bool fits(std::string_view row, std::string_view name);

} // namespace reachable::language
