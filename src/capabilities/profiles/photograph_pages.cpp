// The photograph of a child: the form that takes the file, and the picture itself. Both go through the doors: whoever
// does not see the profile's photograph does not get its bytes, and each look stands in the log.
#include "capabilities/profiles/pages.h"
#include "capabilities/profiles/photograph_store.h"
#include "clocks/london.h"
#include "web/components/file_upload.h"
#include "web/form_view.h"
#include "web/multipart.h"

#include <fmt/format.h>
#include <functional>

namespace reachable::profiles {
namespace {

using web::Request;
using web::Response;

const casework::Action& adding()
{
    return *profile_type().find_action("add_photo");
}

Result<Seen> look_at(const Site& site, const Visit& visit, std::string_view page)
{
    return derived::look_at_case(site.desk, visit.session, visit.request.id,
                                 {.type = profile_type().name, .id = TRY(visit.case_id()), .page = page}, visit.now);
}

Result<Page> photograph_form(const Site& site, const Visit& visit, const FormState& state)
{
    const auto seen = TRY(look_at(site, visit, "form"));
    if (!seen.may_do(adding().name)) return refuse(ProblemKind::out_of_order, "That cannot be done now");
    const auto* taken_on = profile_type().find_field("photo_taken_on");
    web::FileUpload upload{.name = "photo",
                           .label = {.text = "Choose a photograph"},
                           .hint = web::Hint{.text = "A JPEG or a PNG of at most 900 kB. Where, when and with what it "
                                                     "was taken is taken out of it before it is kept"},
                           .attributes = {{.name = "accept", .value = "image/jpeg,image/png"}}};
    if (const auto sentence = state.error("photo"); !sentence.empty())
        upload.error_message = web::ErrorMessage{.text = sentence};
    // The same form sent twice adds one photograph, once.
    Html inputs = web::lit("<input type=\"hidden\" name=\"key\"");
    inputs.attribute("value", state.value("key")).lit(">") << render(upload);
    inputs << derived::input_for(site.desk, *taken_on, std::string(taken_on->name), state, visit.now)
           << web::button(adding().title);
    Page page{.title = adding().title,
              .back_link = web::BackLink{.href = address_of(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(adding().title) << site.head_of(visit, seen)
              << web::form({.action = address_of(seen.head.id) + "/photograph/new",
                            .form_token = visit.session.form_token,
                            .children = std::move(inputs),
                            .sends_files = true});
    return page;
}

Result<Page> empty_photograph_form(const Site& site, const Visit& visit)
{
    FormState state;
    state.values.add("key", RequestId::random().text());
    return photograph_form(site, visit, state);
}

/// The bytes and the act in one transaction: a refusal leaves neither, nor does a form that comes again when the
/// photograph was taken away meanwhile.
Result<casework::Acted> keep(const Site& site, const Visit& visit, const Photograph& picture, casework::Act act)
{
    const auto digest = digest_of_photograph(picture);
    act.asked.set("photo", digest);
    Result<casework::Acted> acted = refuse(ProblemKind::unavailable, "Nothing was saved");
    site.desk.database.write([&](storage::Transaction& transaction) {
        const bool is_new = keep_photograph(transaction, act.id, picture, visit.now);
        acted = casework::act_in(transaction, site.desk, visit.session, visit.request.id, act, visit.now);
        if (is_new && (!acted || acted->is_repeat)) forget_photograph(transaction, act.id, digest);
    });
    return acted;
}

Result<Outcome> add(const Site& site, const Visit& visit, const web::FormWithFiles& form)
{
    FormState state{.values = form.fields, .problems = {}};
    const auto id = TRY(visit.case_id());
    const auto* taken_on = profile_type().find_field("photo_taken_on");
    auto asked = Json::object();
    if (auto day = derived::read_input(*taken_on, std::string(taken_on->name), form.fields, visit.now, state.problems);
        day.text() != nullptr)
        asked.set(std::string(taken_on->name), std::move(day));
    const auto file = form.files.find("photo");
    const auto picture = clean_photograph(as_bytes(file == form.files.end() ? std::string_view() : file->second));
    if (!picture) state.problems.insert(state.problems.begin(), picture.error().begin(), picture.error().end());
    if (state.problems.empty()) {
        const auto acted = keep(site, visit, *picture,
                                {.type = profile_type().name,
                                 .action = std::string(adding().name),
                                 .id = id,
                                 .key = std::string(form.fields.get("key")),
                                 .asked = std::move(asked)});
        if (acted) return Outcome(derived::with_news(address_of(id), acted->version));
        state.problems = acted.error();
    }
    return Outcome(TRY(photograph_form(site, visit, state)));
}

void note_a_form_that_is_not_ours(const Site& site, const Visit& visit)
{
    auto entry = casework::audit_entry(site.desk, visit.session, visit.request.id, {}, {}, visit.now);
    entry.operation = audit::Operation::refusal;
    entry.action = "form.token";
    entry.outcome = name_of(ProblemKind::withheld);
    site.desk.database.write([&](storage::Transaction& transaction) { site.desk.log.append(transaction, entry); });
}

/// A post that carries a file: what Site::post does for all others.
Response take_the_file(const Site& site, const Request& request)
{
    const auto session = site.session_of(request);
    if (!session || session->purpose.empty()) return web::see_other("/sign-in?next=/profiles");
    const Visit visit{request, *session, site.time.now()};
    const auto form = web::form_with_files(request);
    if (!form) return site.show(derived::refusal_page(form.error()), visit, 422);
    if (derived::is_strange(visit, form->fields)) {
        note_a_form_that_is_not_ours(site, visit);
        return site.show(derived::refusal_page({{ProblemKind::conflict,
                                                 "This form is no longer open. Open the page once more and choose the "
                                                 "photograph again",
                                                 ""}}),
                         visit, 403);
    }
    auto outcome = add(site, visit, *form);
    if (!outcome) return site.show(derived::refusal_page(outcome.error()), visit, 404);
    if (const auto* address = std::get_if<std::string>(&*outcome)) return web::see_other(*address);
    return site.show(std::move(std::get<Page>(*outcome)), visit, 422);
}

/// The picture as the profile holds it now; nobody guesses at what it is, and nothing in it can act.
Response picture(const Site& site, const Request& request)
{
    const auto session = site.session_of(request);
    if (!session || session->purpose.empty()) return web::see_other("/sign-in?next=/profiles");
    const Visit visit{request, *session, site.time.now()};
    const auto seen = look_at(site, visit, "photograph");
    std::optional<Photograph> kept;
    if (seen && !seen->as<Profile>().photo.empty())
        site.desk.database.read([&](storage::Transaction& transaction) {
            kept = photograph_of(transaction, seen->head.id, seen->as<Profile>().photo);
        });
    if (!kept) return site.show(derived::refusal_page({{ProblemKind::not_found, "There is no such page"}}), visit, 404);
    const auto kind = media_type_of(kept->kind);
    auto response = web::respond(200, kind, std::string(as_text(kept->bytes)));
    response
        .set("Content-Disposition",
             fmt::format("inline; filename=\"photograph.{}\"", kept->kind == PictureKind::png ? "png" : "jpg"))
        .set("Content-Security-Policy", "default-src 'none'; sandbox")
        .set("X-Content-Type-Options", "nosniff")
        .set("Cache-Control", "no-store");
    return response;
}

} // namespace

void add_photograph_pages(web::Router& router, const Site& site)
{
    site.page(router, "/profiles/{id}/photograph/new",
              [&site](const Visit& visit) { return empty_photograph_form(site, visit); });
    router.post("/profiles/{id}/photograph/new",
                [&site](const Request& request) { return take_the_file(site, request); });
    router.get("/profiles/{id}/photograph", [&site](const Request& request) { return picture(site, request); });
}

} // namespace reachable::profiles
