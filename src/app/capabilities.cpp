#include "app/capabilities.h"

#include "capabilities/custody/custody.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/local_codes.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/matching/matching.h"
#include "capabilities/measures/measures.h"
#include "capabilities/meetings/meetings.h"
#include "capabilities/missing/handover.h"
#include "capabilities/missing/missing.h"
#include "capabilities/observations/observations.h"
#include "capabilities/offers/offers.h"
#include "capabilities/placements/placements.h"
#include "capabilities/profiles/profiles.h"
#include "capabilities/sharing/sharing.h"
#include "notices/audience.h"
#include "notices/texts.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

template <class T>
std::vector<T> all_of(std::initializer_list<std::span<const T>> lists)
{
    std::vector<T> all;
    for (const auto list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
}

} // namespace

std::vector<const casework::CaseType*> all_types()
{
    auto types = sharing::types();
    types.insert(types.begin(), &custody::conversation_type());
    types.push_back(&matching::same_person_type());
    types.push_back(&flags::flag_type());
    types.push_back(&flags::concern_type());
    types.push_back(&encounters::encounter_type());
    types.push_back(&offers::offer_type());
    types.push_back(&observations::observation_type());
    types.push_back(&missing::episode_type());
    types.push_back(&missing::board_handover_type());
    types.push_back(&interviews::interview_type());
    types.push_back(&placements::placement_type());
    types.push_back(&missing::call_type());
    types.push_back(&profiles::profile_type());
    types.push_back(&meetings::meeting_type());
    types.push_back(&meetings::invitation_type());
    types.push_back(&meetings::task_type());
    return types;
}

Result<lists::DatedLists> all_lists(const std::filesystem::path& data_folder)
{
    auto dated = TRY(lists::read_dated_lists(
        data_folder,
        all_of<lists::ListFile>({custody::lists(), sharing::lists(), matching::lists(), flags::lists(),
                                 encounters::lists(), offers::lists(), observations::lists(), missing::lists(),
                                 interviews::lists(), measures::lists(), placements::lists(), profiles::lists(),
                                 meetings::lists(), notices::lists()}),
        all_of<std::string_view>({custody::clock_files(), sharing::clock_files(), matching::clock_files(),
                                  flags::clock_files(), encounters::clock_files(), offers::clock_files(),
                                  observations::clock_files(), missing::clock_files(), interviews::clock_files(),
                                  placements::clock_files(), profiles::clock_files(), meetings::clock_files()})));
    TRY(notices::check_audiences(dated));
    TRY(flags::check_local_codes(dated));
    TRY(missing::check_receipts(dated));
    TRY(notices::check_texts(dated));
    return dated;
}

std::string case_home(std::string_view type, CaseId id)
{
    if (type == custody::conversation_type().name) return fmt::format("/custody/{}", id.text());
    if (type == matching::same_person_type().name) return fmt::format("/same-person/{}", id.text());
    if (type == flags::flag_type().name) return fmt::format("/flags/{}", id.text());
    if (type == flags::concern_type().name) return fmt::format("/concerns/{}", id.text());
    if (type == encounters::encounter_type().name) return fmt::format("/encounters/{}", id.text());
    if (type == offers::offer_type().name) return fmt::format("/offers/{}", id.text());
    if (type == observations::observation_type().name) return fmt::format("/observations/{}", id.text());
    if (type == interviews::interview_type().name) return fmt::format("/interviews/{}", id.text());
    if (type == placements::placement_type().name) return fmt::format("/placements/{}", id.text());
    if (type == meetings::meeting_type().name) return fmt::format("/meetings/{}", id.text());
    if (type == meetings::invitation_type().name) return fmt::format("/invitations/{}", id.text());
    if (type == meetings::task_type().name) return fmt::format("/meeting-actions/{}", id.text());
    if (type == missing::board_handover_type().name) return "/missing/handover";
    if (type == missing::call_type().name) return fmt::format("/missing/calls/{}", id.text());
    if (type == profiles::profile_type().name) return fmt::format("/profiles/{}", id.text());
    if (type == missing::episode_type().name) return fmt::format("/missing/{}", id.text());
    return fmt::format("/cases/{}/{}", type, id.text());
}

} // namespace reachable::app
