// Forms and JSON documents all the way through the door: whatever is sent to whichever action, nothing crashes, a
// refusal changes nothing of any case and tells nobody anything, and it says why in a sentence.
//
// The first line says what is done, by whom and how it is sent: "custody.answer desk json", "custody.add_fact custody
// form".
#include "api/json.h"
#include "app/demo.h"
#include "app/service.h"
#include "base/text.h"
#include "derived/forms.h"
#include "web/url_encoding.h"

#include <cstdlib>
#include <filesystem>

namespace {

using namespace reachable;
using storage::Transaction;

template <class T>
T must(Result<T> result)
{
    if (!result) std::abort();
    return std::move(*result);
}

/// A demonstration in a folder of its own, with one child in custody whose authority has been asked.
class World {
  public:
    World()
    {
        folder_ = std::filesystem::temp_directory_path() / ("reachable_fuzz_" + RequestId::random().text());
        std::filesystem::create_directories(folder_);
        auto settings = app::default_settings();
        settings.database = "sqlite:" + (folder_ / "reachable.db").string();
        settings.signing_key_file = folder_ / "signing.key";
        settings.checkpoint_file = folder_ / "checkpoints.txt";
        settings.mail_folder = folder_ / "mail";
        settings.is_demo = true;
        accounts::set_password_cost(1, 8 * 1024);
        office_ = must(app::open_office(settings, clock_));
        must(app::make_demo_world(desk(), office_->secret_keys,
                                  {.now = clock_.now(), .is_small = true, .data_folder = settings.data_folder}));
        custody_ = session_of("hale@northmere-police.example", accounts::Role::CUST, "custody-safeguarding");
        duty_ = session_of("ashby@westmoor.example", accounts::Role::EDT, "safeguarding-response");
        asked_ = do_now(custody_, {.type = "custody",
                                   .action = "book_in",
                                   .asked = Json::object()
                                                .set("name_given", "Mia Sample")
                                                .set("custody_number", "NM-1")
                                                .set("authorised_at", "2026-10-24T23:05:00Z")});
        do_now(custody_, {.type = "custody",
                          .action = "send_request",
                          .id = asked_,
                          .asked = Json::object()
                                       .set("offence", "Carrying a knife")
                                       .set("worry", "She will not say where she was going")
                                       .set("authority", duty_.agency.text())});
    }
    ~World()
    {
        office_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    const casework::Desk& desk() const { return *office_->desk; }
    const accounts::Session& session(bool is_duty) const { return is_duty ? duty_ : custody_; }
    /// The child in custody, to whom everything is done that does not open a case.
    CaseId asked() const { return asked_; }
    UtcTime now() const { return clock_.now() + 30min; }

  private:
    accounts::Session session_of(std::string_view name, accounts::Role role, std::string purpose) const
    {
        accounts::Session session;
        desk().database.read([&](Transaction& transaction) {
            const auto worker = accounts::find_worker_by_name(transaction, std::string(name));
            if (!worker) std::abort();
            session.worker = worker->id;
            session.agency = worker->agency;
            session.agency_kind = accounts::find_agency(transaction, worker->agency)->kind;
            session.team = accounts::posts_of(transaction, worker->id).front().team;
        });
        session.role = role;
        session.purpose = std::move(purpose);
        session.code_proved_at = clock_.now();
        return session;
    }
    CaseId do_now(const accounts::Session& session, const casework::Act& act) const
    {
        return must(casework::act(desk(), session, RequestId::random(), act, clock_.now())).id;
    }

    std::filesystem::path folder_;
    clocks::SimulatedTime clock_{must(parse_utc("2026-10-24T23:15:00Z"))};
    std::unique_ptr<app::Office> office_;
    accounts::Session custody_, duty_;
    CaseId asked_;
};

struct Chosen {
    const casework::CaseType* type;
    const casework::Action* action;
};

/// "custody.answer"; nothing where there is no such action.
std::optional<Chosen> chosen_by(const casework::Desk& desk, std::string_view name)
{
    const auto dot = std::min(name.find('.'), name.size());
    const auto* type = desk.find_type(name.substr(0, dot));
    const auto* action = type == nullptr ? nullptr : type->find_action(name.substr(std::min(dot + 1, name.size())));
    if (action == nullptr) return std::nullopt;
    return Chosen{type, action};
}

/// What there is of cases, of what was told, and of what is to be sent, down to what changes in a row.
std::string standing(Transaction& transaction)
{
    std::string sums;
    for (const auto* sum :
         {"count(*) from cases", "sum(version) from cases", "sum(due_at % 1000003) from cases",
          "count(*) from case_versions", "count(*) from case_clocks", "count(stopped_at) from case_clocks",
          "sum(step) from case_clocks", "sum(coalesce(next_at, 0)) from case_clocks", "count(*) from case_clock_events",
          "count(*) from notices", "count(seen_at) from notices", "count(*) from outbox", "count(*) from records",
          "count(*) from accounts_links", "count(ended_at) from accounts_links", "count(*) from custody_numbers",
          "count(*) from act_keys"}) {
        const auto row = transaction.query(std::string("select ") + sum).front();
        sums += (row.is_null(0) ? std::string("none") : std::to_string(row.integer(0))) + " ";
    }
    return sums;
}

void check_refusal(const Problems& problems)
{
    if (problems.empty()) std::abort();
    for (const auto& problem : problems)
        if (problem.sentence.empty() || !is_clean_utf8(problem.sentence) || !is_clean_utf8(problem.field)) std::abort();
}

/// Thrown so that nothing of an act stays: every input meets the same world.
struct Undone {};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const World world;
    const auto input = as_text({data, size});
    const auto end = std::min(input.find('\n'), input.size());
    const auto header = split(input.substr(0, end), ' ');
    const auto text = input.substr(std::min(end + 1, input.size()));
    const auto chosen = chosen_by(world.desk(), header.front());
    if (header.size() != 3 || !chosen) return -1;
    casework::Act act{.type = chosen->type->name, .action = std::string(chosen->action->name)};
    if (!chosen->action->opens()) act.id = world.asked();
    if (header[2] == "form") {
        const auto form = web::decode_pairs(text);
        Problems problems;
        if (form) act.asked = derived::read_form(*chosen->type, *chosen->action, *form, world.now(), problems);
        if (!form || !problems.empty()) return check_refusal(form ? problems : form.error()), 0;
    } else {
        auto json = api::parse_json(text);
        if (!json) return check_refusal(json.error()), 0;
        act.asked = *std::move(json);
    }
    const auto send = [&](Transaction& transaction) {
        const auto before = standing(transaction);
        const auto acted = casework::act_in(transaction, world.desk(), world.session(header[1] == "desk"),
                                            RequestId::random(), act, world.now());
        const auto after = standing(transaction);
        if (!acted) check_refusal(acted.error());
        if (acted.has_value() != (before != after)) std::abort();
        throw Undone{};
    };
    try {
        world.desk().database.write(send);
    } catch (const Undone&) {
    }
    return 0;
}
