#include "capabilities/custody/custody.h"

#include "capabilities/custody/accommodation_pages.h"
#include "capabilities/custody/release_pages.h"

namespace reachable::custody {
namespace {

constexpr lists::ListFile list_files[] = {
    {"custody.questions", "custody/questions.csv"},
    {"custody.answer_codes", "custody/answer_codes.csv"},
    {"custody.ask_again_reasons", "custody/ask_again_reasons.csv"},
    {"custody.authority_found_by", "custody/authority_found_by.csv"},
    {"custody.brief_sections", "custody/brief_sections.csv"},
    {"custody.corrected_times", "custody/corrected_times.csv"},
    {"custody.release_topics", "custody/release_topics.csv"},
    {"custody.outcomes", "custody/outcomes.csv"},
    {"custody.nrm_considered", "custody/nrm_considered.csv"},
    {"custody.channels", "custody/channels.csv"},
    {"custody.not_our_child_reasons", "custody/not_our_child_reasons.csv"},
    {"custody.said_by", "custody/said_by.csv"},
    {"custody.attendances", "custody/attendances.csv"},
    {"custody.beds", "custody/beds.csv"},
    {"custody.bed_replies", "custody/bed_replies.csv"},
    {"custody.certificate_grounds", "custody/certificate_grounds.csv"},
    {"custody.signs_seen", "custody/request_reasons.csv"},
    {"age_status", "custody/age_statuses.csv"},
};

constexpr std::string_view clocks[] = {"custody/clocks.csv"};

} // namespace

std::span<const lists::ListFile> lists()
{
    return list_files;
}
std::span<const std::string_view> clock_files()
{
    return clocks;
}

void add_pages(web::Router& router, const derived::Site& site, derived::HeadOf beside_the_brief)
{
    site.heads["custody"] = [&site](const derived::Visit& visit, const casework::Seen& seen) {
        auto head = identity_bar(site, visit, seen)
                    << who_to_keep_away(site, visit, seen) << answered_already(site, visit, seen);
        // Before the door stands the plan: whoever is refused is one press from it.
        if (visit.request.path.ends_with("/record_departure")) head << how_the_release_stands(site, visit, seen);
        return head;
    };
    add_suite_pages(router, site);
    add_brief_pages(router, site, std::move(beside_the_brief));
    add_request_pages(router, site);
    add_conversation_pages(router, site);
    add_what_helps_page(router, site);
    add_handover_pages(router, site);
    add_correction_pages(router, site);
    add_time_pages(router, site);
    add_answer_pages(router, site);
    add_link_pages(router, site);
    add_release_pages(router, site);
    add_accommodation_pages(router, site);
    add_card_page(router, site);
}

} // namespace reachable::custody
