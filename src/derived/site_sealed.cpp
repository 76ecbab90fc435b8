#include "derived/site_sealed.h"

#include "web/components/inset_text.h"
#include "web/prose.h"

namespace reachable::derived {
namespace {

const casework::Field& reason_of(const Site& site)
{
    const auto* type = site.desk.find_type("opening");
    CHECK(type != nullptr, "nothing here opens a case with a reason");
    return *type->find_field("reason");
}

} // namespace

bool waits_for_a_reason(const casework::Seen& seen)
{
    return policy::waits_for_a_reason(seen.asked);
}

Result<casework::Seen> look_sealed_or_open(const Desk& desk, const Session& session, RequestId request,
                                           const casework::Look& look, UtcTime now)
{
    auto seen = TRY(casework::look(desk, session, request, look, now));
    if (waits_for_a_reason(seen) || shows_anything(seen)) return seen;
    return casework::no_such_case();
}

web::Page sealed_page(const Site& site, const Visit& visit, const casework::Seen& seen, const SealedCase& sealed,
                      const FormState& state)
{
    web::Page page{.title = "This record is sealed",
                   .has_errors = !state.problems.empty(),
                   .is_plain = !visit.session.only_case.is_none()};
    if (!page.is_plain) page.back_link = web::BackLink{.href = "/"};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading("This record is sealed") << web::paragraph(sealed.which)
              << web::paragraph("The child is protected. Whoever does not work with this record finds none. Say why "
                                "you open it, and it is open to you for twelve hours.")
              << render(web::InsetText{.text = "Those who hold the record are told that you came here. Information "
                                               "governance of your own organisation can read your words."})
              << (sealed.due.empty() ? what_is_awaited(seen, visit.now) : sealed.due)
              << form_start(sealed.base + "/why", visit.session)
              << input_for(site.desk, reason_of(site), "reason", state, visit.now, {.is_required = true})
              << form_end("Open the record");
    return page;
}

Result<Outcome> open_with_reason(const Site& site, const Visit& visit, const casework::Look& look,
                                 const SealedCase& sealed, const std::string& then, const web::Fields& form)
{
    auto asked = Json::object();
    asked.set("about", look.id.text()).set("reason", std::string(form.get("reason")));
    const auto said = casework::act(site.desk, visit.session, visit.request.id,
                                    {.type = "opening", .action = "say_why", .asked = std::move(asked)}, visit.now);
    if (said) return then;
    const auto seen = TRY(casework::look(site.desk, visit.session, visit.request.id, look, visit.now));
    if (!waits_for_a_reason(seen)) return then;
    return sealed_page(site, visit, seen, sealed, {.values = form, .problems = said.error()});
}

} // namespace reachable::derived
