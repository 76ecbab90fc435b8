// Dated data for the desk: code lists and clock terms, read from CSV files and refused whole when a line cannot be
// read.
#pragma once

#include "casework/desk.h"

#include <filesystem>

namespace reachable::casework {

/// A list with columns code (or number), label (or topic), definition (or question), valid_from, valid_to; every
/// further column is kept by name.
Result<std::vector<Code>> read_code_list(const std::filesystem::path& file);

/// Clock terms with columns code, counting, limit_minutes, warn_percent ("50 75"), warn_tells (one ladder for each
/// warning, divided by ";"), escalation, repeat_minutes, basis, valid_from, valid_to. A ladder is a side and roles:
/// "own INSP>SUPV", "partner LADM".
Result<std::vector<ClockTerms>> read_clock_terms(const std::filesystem::path& file);

/// Everything a desk reads from the data folder: bank holidays, the custody lists and clocks.
struct DeskData {
    clocks::Calendar calendar;
    std::vector<ClockTerms> terms;
    std::map<std::string, std::vector<Code>, std::less<>> code_lists;
};

/// A code list of a desk: its name there and its file below the data folder.
struct ListFile {
    std::string_view name;
    std::string_view file;
};
Result<DeskData> read_desk_data(const std::filesystem::path& folder, std::span<const ListFile> lists,
                                std::span<const std::string_view> clock_files);

} // namespace reachable::casework
