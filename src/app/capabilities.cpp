#include "app/capabilities.h"

#include "capabilities/custody/custody.h"
#include "capabilities/sharing/sharing.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

template <class T>
std::vector<T> all_of(std::span<const T> first, std::span<const T> second)
{
    std::vector<T> all(first.begin(), first.end());
    all.insert(all.end(), second.begin(), second.end());
    return all;
}

} // namespace

std::vector<const casework::CaseType*> all_types()
{
    auto types = sharing::types();
    types.insert(types.begin(), &custody::conversation_type());
    return types;
}

Result<lists::DatedLists> all_lists(const std::filesystem::path& data_folder)
{
    return lists::read_dated_lists(data_folder, all_of(custody::lists(), sharing::lists()),
                                   all_of(custody::clock_files(), sharing::clock_files()));
}

std::string case_home(std::string_view type, CaseId id)
{
    if (type == custody::conversation_type().name) return fmt::format("/custody/{}", id.text());
    return fmt::format("/cases/{}/{}", type, id.text());
}

} // namespace reachable::app
