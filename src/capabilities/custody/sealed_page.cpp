#include "capabilities/custody/sealed_page.h"

#include "capabilities/custody/custody_numbers.h"
#include "web/components/inset_text.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

const casework::CaseType& opening(const Site& site)
{
    const auto* type = site.desk.find_type("opening");
    CHECK(type != nullptr, "nothing here opens a case with a reason");
    return *type;
}

} // namespace

std::string number_of(const Site& site, CaseId id)
{
    std::map<CaseId, std::string> numbers;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { numbers = custody_numbers_of(transaction, std::span(&id, 1)); });
    return numbers[id];
}

bool waits_for_a_reason(const Seen& seen)
{
    return policy::waits_for_a_reason(seen.asked);
}

Page sealed_page(const Site& site, const Visit& visit, const Seen& seen, const std::string& base,
                 const derived::FormState& state)
{
    Page page{.title = "This record is sealed",
              .has_errors = !state.problems.empty(),
              .is_plain = !visit.session.only_case.is_none()};
    if (!page.is_plain) page.back_link = web::BackLink{.href = "/"};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("This record is sealed");
    page.main << paragraph(fmt::format("Custody number {}.", number_of(site, seen.head.id)));
    page.main << paragraph(
        "The child is protected. Whoever does not work with this record finds none. Say why you open "
        "it, and it is open to you for twelve hours.");
    page.main << render(web::InsetText{.text = "Those who hold the record are told that you came here. Information "
                                               "governance of your own organisation can read your words."});
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at) page.main << clock_box(clock, seen.clocks, *seen.type, visit.now);
    page.main << derived::form_start(base + "/why", visit.session)
              << derived::input_for(site.desk, *opening(site).find_field("reason"), "reason", state, visit.now,
                                    {.is_required = true})
              << derived::form_end("Open the record");
    return page;
}

Result<Outcome> open_with_reason(const Site& site, const Visit& visit, CaseId id, const std::string& base,
                                 const std::string& then, const web::Fields& form)
{
    auto asked = Json::object();
    asked.set("about", id.text()).set("reason", std::string(form.get("reason")));
    const auto said = casework::act(site.desk, visit.session, visit.request.id,
                                    {.type = "opening", .action = "say_why", .asked = std::move(asked)}, visit.now);
    if (said) return then;
    const auto seen = TRY(casework::look(site.desk, visit.session, visit.request.id,
                                         {.type = "custody", .id = id, .page = "brief"}, visit.now));
    if (!waits_for_a_reason(seen)) return then;
    return sealed_page(site, visit, seen, base, {.values = form, .problems = said.error()});
}

} // namespace reachable::custody
