// Dated data: codes with their words, how long clocks allow and whom they tell, bank holidays. All of it is read from
// CSV files, refused whole when a line cannot be read, and asked for by the day it must be in force on.
#pragma once

#include "accounts/accounts.h"
#include "clocks/clocks.h"

#include <filesystem>
#include <map>
#include <span>

namespace reachable::lists {

/// One code of a dated list. Codes are retired, never removed or reused.
struct Code {
    std::string code;
    std::string label;
    std::string definition;
    std::optional<CivilDate> valid_from;
    std::optional<CivilDate> valid_to;
    std::map<std::string, std::string, std::less<>> more; // further columns of the list, by name

    /// A further column, or "" when the list has none of that name.
    std::string_view column(std::string_view name) const;
};

/// Whom a clock tells: the first role of the ladder that somebody holds on the rota, at one side of the case.
struct Tell {
    bool to_partner = false;
    std::vector<accounts::Role> ladder;
};

/// How long a clock allows and whom it tells: dated data, never a constant.
struct ClockTerms {
    std::string code;
    clocks::Allowance allowance;
    struct Warning {
        int percent = 0;
        Tell tell;
    };
    std::vector<Warning> warnings;
    std::vector<Tell> on_breach;
    seconds repeat_every{0}; // 0: once
    std::string basis;
    CivilDate valid_from{};
    std::optional<CivilDate> valid_to;
};

/// Everything dated that a desk works by: bank holidays, code lists by name, and the terms of clocks.
struct DatedLists {
    clocks::Calendar calendar;
    std::vector<ClockTerms> terms;
    std::map<std::string, std::vector<Code>, std::less<>> codes;

    /// The terms in force on that day; a clock without terms is a Bug found at start-up.
    const ClockTerms& terms_on(std::string_view code, CivilDate day) const;
    /// The label of a code, or the code itself when the list does not know it.
    std::string_view label_of(std::string_view list, std::string_view code) const;
    /// The codes of a list that are in force on that day, in the order of the list. A list not loaded is a Bug.
    std::vector<const Code*> codes_on(std::string_view list, CivilDate day) const;
    /// True if the list has that code and it is in force on that day. A list not loaded is a Bug.
    bool is_in_force(std::string_view list, std::string_view code, CivilDate day) const;
};

/// A list with columns code (or number), label (or topic), definition (or question), valid_from, valid_to; every
/// further column is kept by name.
Result<std::vector<Code>> read_code_list(const std::filesystem::path& file);

/// Clock terms with columns code, counting (elapsed with limit_minutes, or working_days with limit_days), warn_percent
/// ("50 75"), warn_tells (one ladder for each warning, divided by ";"), escalation, repeat_minutes, basis, valid_from,
/// valid_to. A ladder is a side and roles: "own INSP>SUPV", "partner LADM".
Result<std::vector<ClockTerms>> read_clock_terms(const std::filesystem::path& file);

/// A code list: its name and its file below the data folder.
struct ListFile {
    std::string_view name;
    std::string_view file;
};
/// Reads the bank holidays, the lists and the clock terms below the data folder.
Result<DatedLists> read_dated_lists(const std::filesystem::path& folder, std::span<const ListFile> files,
                                    std::span<const std::string_view> clock_files);

} // namespace reachable::lists
