// Names that are one name: spellings across languages (Yusuf, Youssef, Joseph) and short forms (Liz, Elizabeth). Dated
// data of the project, data/identity/names.csv; a deployment may add a file of its own.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace reachable::identity {

/// `leading`: names that stand before the name a child is called by, in families that give them to several children.
/// `doubled`: names of which two make one: Mary and Kate make Mary Kate, who may have a sister Mary.
enum class ClassKind : std::uint8_t { spelling, short_form, leading, doubled };

class NameClasses {
  public:
    /// Reads lines of "kind,word word word …" (kind: spelling, short_form, leading or doubled), blank lines and lines
    /// that start with # left out. Refuses with the numbers of the lines that cannot be read. Words are folded as they
    /// are read.
    static Result<NameClasses> read(std::string_view text);

    /// The numbers of the classes a folded word stands in; a word may stand in several ("alex").
    std::span<const std::uint32_t> of(std::string_view word) const;
    ClassKind kind_of(std::uint32_t number) const { return kinds_[number]; }
    std::size_t count() const { return kinds_.size(); }

  private:
    // Looks a word up without making a string of it.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
    };

    void add(ClassKind kind, const std::vector<std::string>& words);

    std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>> classes_;
    std::vector<ClassKind> kinds_;
};

} // namespace reachable::identity
