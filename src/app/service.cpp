#include "app/service.h"

#include "app/capabilities.h"
#include "app/child_page.h"
#include "app/consequences.h"
#include "app/figures.h"
#include "app/key_files.h"
#include "app/known_page.h"
#include "app/live_refresh.h"
#include "app/local_codes.h"
#include "app/lost_forms.h"
#include "app/mailer.h"
#include "app/meeting_joins.h"
#include "app/passing_on.h"
#include "app/session_cookies.h"
#include "app/text_sender.h"
#include "app/timeline_page.h"
#include "app/told.h"
#include "app/webhook_sender.h"
#include "capabilities/custody/custody_numbers.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/local_flags.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/matching/matching.h"
#include "capabilities/measures/figures.h"
#include "capabilities/measures/measures.h"
#include "capabilities/meetings/meetings.h"
#include "capabilities/missing/missing.h"
#include "capabilities/observations/observations.h"
#include "capabilities/offers/offers.h"
#include "capabilities/patterns/patterns.h"
#include "capabilities/placements/placements.h"
#include "capabilities/profiles/profiles.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "derived/derived_pages.h"
#include "identity/migrations.h"
#include "notices/texts.h"
#include "policy/kept_texts.h"
#include "policy/question.h"
#include "policy/signed_policy.h"
#include "records/child.h"
#include "storage/meanwhile.h"
#include "ties/ties.h"
#include "web/security_headers.h"

#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <thread>

namespace reachable::app {
namespace {

std::atomic<bool> is_asked_to_stop{false};

void ask_to_stop(int)
{
    is_asked_to_stop = true;
}

/// One entry for a failure: ids only, never a value from a request.
void log_failure(const web::Request& request, const std::exception& problem)
{
    std::cerr << fmt::format("failure request={} {}\n", request.id.text(), problem.what());
}

constexpr auto clock_is_unsure =
    "warning The clock of this machine has jumped, or stands before the newest entry of the log, and no time service "
    "vouches for it. Until it is right, what lasts for hours after its end gives nobody access. Set it and start "
    "again.";
constexpr auto clock_is_sure = "The clock of this machine is right again.";

/// Clocks, notices that nobody acknowledged, mail, what is remembered of the ties, and pairs of records that may be one
/// child, once a second.
void run_jobs(const Service& service, Mailer& mailer)
{
    const auto& desk = service.desk();
    bool was_sure = true;
    while (!is_asked_to_stop) {
        try {
            const bool is_sure = service.time().is_sure();
            if (is_sure != was_sure) std::cerr << (is_sure ? clock_is_sure : clock_is_unsure) << '\n';
            was_sure = is_sure;
            casework::tick(desk, service.time().now());
            pass_on_notices(desk, service.time().now());
            mailer.send_waiting(service.time().now());
            desk.tie_memory->keep_up(desk.database);
            service.wording().store_counts(desk.database);
            matching::find_pairs(desk, service.time().now()); // last: what is more pressing waits for nothing here
        } catch (const std::exception& problem) {
            std::cerr << "failure job " << problem.what() << '\n';
        }
        for (int i = 0; i < 10 && !is_asked_to_stop; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

/// The search renews its lists and keeps them. By itself: of a country that takes seconds, and no clock waits for it.
void renew_the_search(const Service& service)
{
    using std::chrono::milliseconds;
    const auto& desk = service.desk();
    while (!is_asked_to_stop) {
        milliseconds pause{1'000};
        try {
            desk.search->renew(desk.database);
        } catch (const std::exception& problem) {
            std::cerr << "failure search file " << problem.what() << '\n';
            pause = milliseconds{60'000}; // what is wrong will hardly be mended in a second
        }
        constexpr milliseconds step{100};
        for (; pause > milliseconds{} && !is_asked_to_stop; pause -= step) std::this_thread::sleep_for(step);
    }
}

/// Messages to partner systems, once a second. By itself: a system that does not answer holds up no clock and no mail.
void tell_systems(const Service& service)
{
    WebhookSender sender(service);
    while (!is_asked_to_stop) {
        try {
            sender.send_waiting(service.time().now());
        } catch (const std::exception& problem) {
            std::cerr << "failure webhook " << problem.what() << '\n';
        }
        for (int i = 0; i < 10 && !is_asked_to_stop; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

/// Text messages, once a second. By itself: a gateway that does not answer holds up nothing else.
void tell_by_text(const Service& service)
{
    TextSender sender(service);
    while (!is_asked_to_stop) {
        try {
            sender.send_waiting(service.time().now());
        } catch (const std::exception& problem) {
            std::cerr << "failure text " << problem.what() << '\n';
        }
        for (int i = 0; i < 10 && !is_asked_to_stop; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

/// The moment a demonstration starts at that nothing was made of yet. Any other goes on at the newest entry of its log.
constexpr UtcTime demo_start = std::chrono::sys_days{std::chrono::year{2026} / 10 / 24} + hours{23} + minutes{15};

/// When the newest entry of the log was made; the beginning of 1970 if there is none.
UtcTime newest_time(storage::Database& database)
{
    UtcTime time{};
    database.read([&](storage::Transaction& transaction) {
        const auto newest = audit::newest_entries(transaction, 1);
        if (!newest.empty()) time = newest.front().at;
    });
    return time;
}

} // namespace

std::vector<storage::Migration> all_migrations()
{
    std::vector<storage::Migration> all;
    for (const auto list : {audit::migrations(), accounts::migrations(), policy::migrations(), records::migrations(),
                            identity::migrations(), ties::migrations(), casework::migrations(), notices::migrations(),
                            casework::search_migrations(), custody::migrations(), matching::migrations(),
                            flags::migrations(), language::migrations(), patterns::migrations(), measures::migrations(),
                            missing::migrations(), profiles::migrations()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

namespace {

/// At the newest entry of its log, before anything is opened that asks what time it is.
Result<UtcTime> where_the_demonstration_goes_on(const Settings& settings)
{
    const bool is_file = settings.database.starts_with("sqlite:");
    if (is_file && !std::filesystem::exists(settings.database.substr(7))) return demo_start;
    const auto database = TRY(storage::open_database({.url = settings.database}));
    TRY(storage::migrate(*database, all_migrations()));
    const auto newest = newest_time(*database);
    return newest == UtcTime{} ? demo_start : newest;
}

} // namespace

Result<std::unique_ptr<Office>> open_office(const Settings& settings, const TimeSource& clock)
{
    auto office = std::make_unique<Office>();
    // What the settings name is read first: where it is refused, no record is begun.
    auto dated = TRY(all_lists(settings.data_folder));
    const auto officers = TRY(policy::read_officers(settings.policy_officers));
    const auto is_signed = settings.is_demo ? policy::Signed::not_needed : policy::Signed::insisted_on;
    auto loaded = TRY(policy::load_policy(settings.policy_file, officers, is_signed));
    office->policy = std::move(loaded.policy);
    office->policy_signed_by = std::move(loaded.signed_by);
    if (settings.database.starts_with("sqlite:")) {
        const std::filesystem::path file = settings.database.substr(7);
        if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
    }
    office->database = TRY(storage::open_database({.url = settings.database}));
    const auto migrations = all_migrations();
    TRY(storage::migrate(*office->database, migrations));
    missing::note_absences_of_before(*office->database);
    policy::keep_text(*office->database, *office->policy, clock.now());
    office->key = TRY(signing_key(settings.signing_key_file));
    office->secret_keys = TRY(secret_keys(secret_key_file(settings)));
    TRY(accounts::seal_stored_secrets(*office->database, office->secret_keys, sign_in_time()));
    notices::seal_endpoint_secrets(*office->database, office->secret_keys);
    office->log = TRY(audit::Log::open(*office->database, settings.log_origin, office->key, settings.checkpoint_file));
    office->desk = std::make_unique<casework::Desk>(
        casework::Desk{.database = *office->database,
                       .log = *office->log,
                       .policy = *office->policy,
                       .types = all_types(),
                       .lists = std::move(dated),
                       .consequences = consequences(),
                       .clock = clock,
                       .search = std::make_shared<identity::LiveSearch>(settings.data_folder, search_file(settings)),
                       .tie_memory = nullptr});
    return office;
}

Result<std::unique_ptr<Service>> Service::open(const Settings& settings)
{
    // A demonstration shows its one-time codes to anybody: it may not be reached from another machine.
    if (settings.is_demo && settings.address != "127.0.0.1" && settings.address != "::1")
        return refuse(ProblemKind::malformed, "A demonstration listens on this machine only: set address = 127.0.0.1");
    std::unique_ptr<Service> service(new Service);
    service->settings_ = settings;
    service->text_gateway_ = TRY(text_gateway_of(settings));
    if (settings.is_demo)
        service->simulated_ = std::make_unique<clocks::SimulatedTime>(TRY(where_the_demonstration_goes_on(settings)));
    service->wording_ = TRY(Wording::open(settings.data_folder));
    service->office_ = TRY(open_office(settings, service->time()));
    auto& office = *service->office_;
    office.tie_memory = std::make_unique<ties::Memory>();
    office.tie_memory->load(*office.database);
    office.desk->tie_memory = office.tie_memory.get();
    const auto newest = newest_time(*office.database);
    service->machine_time_.not_before(newest);
    if (settings.is_demo)
        office.database->write(
            [](storage::Transaction& transaction) { accounts::enable_all_again(transaction, sign_in_time()); });
    office.database->write([&](storage::Transaction& transaction) {
        close_what_was_joined_before(transaction, service->time().now());
        // Of codes that the lists have learned to map since.
        flags::take_up_local_flags(*office.desk, transaction, service->time().now());
    });
    for (const auto& fault : keep_figures_of_before(*office.desk, service->time().now()))
        std::cerr << "Warning: " << fault << '\n';
    notices::keep_text_events(*office.database, office.desk->lists, service->text_gateway_.has_value(),
                              service->time().now());
    // So that the first search waits for nothing.
    service->office_->desk->search->catch_up(*service->office_->database);
    service->assets_ = TRY(web::Assets::load(settings.assets_folder));
    service->page_assets_ = service->assets_->page_assets();
    const auto* whole = service.get();
    service->site_ = std::make_unique<derived::Site>(derived::Site{
        .desk = *service->office_->desk,
        .time = service->time(),
        .assets = service->page_assets_,
        .is_secure = settings.base_url.starts_with("https://"),
        .session_of = [whole](const web::Request& request) { return session_of(*whole, request); },
        .dress = [whole](web::Page& page, const derived::Visit& visit) { dress_page(page, visit, *whole); },
        .home_of = case_home,
        .live = [whole](const derived::Visit& visit,
                        std::optional<CaseId> about) { return live_mark_for(*whole, visit, about); }});
    service->add_routes();
    return service;
}

void Service::add_routes()
{
    router_.get("/assets/{file}", [this](const web::Request& request) { return assets_->serve(request); });
    router_.get("/assets/{folder}/{file}", [this](const web::Request& request) { return assets_->serve(request); });
    add_plain_pages(router_, *this);
    add_problem_pages(router_, *this);
    add_live_pages(router_, *this);
    add_policy_pages(router_, *this);
    add_enforcement_page(router_, *this);
    add_sign_in_pages(router_, *this);
    add_enrolment_pages(router_, *this);
    add_home_pages(router_, *this);
    add_notice_pages(router_, *this);
    add_audit_pages(router_, *this);
    add_search_pages(router_, *this);
    add_child_page(router_, *this);
    add_timeline_page(router_, *this);
    add_known_page(router_, *this);
    add_import_pages(router_, *this);
    add_local_codes_pages(router_, *this);
    add_wording_pages(router_, *this);
    add_webhook_pages(router_, *this);
    add_text_pages(router_, *this);
    add_api(router_, *this);
    custody::add_pages(router_, *site_, [this](const derived::Visit& visit, const casework::Seen& detention) {
        return offers::offers_beside(*site_, visit, detention);
    });
    sharing::add_pages(router_, *site_, [this](const derived::Visit& visit, std::string_view code) -> Result<> {
        const auto shown =
            accounts::check_code_again(*office_->database, office_->secret_keys, visit.session, code, sign_in_time());
        if (!shown) {
            note_refusal(*this, visit.session, visit.request.id, "code.again");
            return shown;
        }
        // An authenticator follows the machine's clock; how old its proof is counts by the service's.
        office_->database->write([&](storage::Transaction& transaction) {
            accounts::note_code_proved(transaction, visit.session.id, visit.now);
        });
        return {};
    });
    matching::add_pages(router_, *site_);
    flags::add_pages(router_, *site_);
    encounters::add_pages(router_, *site_);
    missing::add_pages(router_, *site_);
    measures::add_pages(router_, *site_, [](const derived::Visit& visit, std::string_view letters) {
        return live_mark_of_counts(visit, letters);
    });
    interviews::add_pages(router_, *site_);
    patterns::add_pages(router_, *site_);
    placements::add_pages(router_, *site_);
    meetings::add_pages(router_, *site_, [this](const derived::Visit& visit, ChildId child) {
        return absences_of(*site_, visit, child);
    });
    profiles::add_pages(router_, *site_);
    offers::add_pages(router_, *site_);
    observations::add_pages(router_, *site_);
    derived::add_derived_pages(router_, *site_);
    if (settings_.is_demo) add_demo_pages(router_, *this);
    router_.set_not_found([this](const web::Request& request) {
        return site_->show(derived::refusal_page({{ProblemKind::not_found, "There is no such page"}}),
                           {request, {}, time().now()}, 404);
    });
}

/// A page is made while its looks are being noted, and kept back until the notes are durable. If something was written
/// in between, it is made again from what stands then.
web::Response Service::answer(web::Request request) const
{
    if (request.method != web::Method::get) return router_.handle(std::move(request));
    try {
        storage::Meanwhile meanwhile;
        auto response = router_.handle(request);
        meanwhile.settle();
        return response;
    } catch (const storage::LookAgain&) {
        return router_.handle(std::move(request));
    }
}

web::Response Service::handle(web::Request request) const
{
    const auto number = request.id;
    const auto id = number.text();
    const auto path = request.path;
    const auto address = request.client_address;
    const bool is_post = request.method == web::Method::post;
    // What staff wrote is looked through, and advised about only once it is saved.
    const auto read = is_post ? wording_->read(request, clocks::london_day(time().now())) : WordsRead{};
    const auto writer = read.is_empty() ? std::nullopt : session_of(*this, request);
    auto lost = lost_form(*this, request);
    auto response = lost ? std::move(*lost) : answer(std::move(request));
    // A session without a purpose was sent to choose one, and nothing of the form was taken.
    if (writer && !writer->purpose.empty() && response.status == 303)
        wording_->note_saved(read, *writer, response.header("Location"), time().now());
    if (!is_post) wording_->note_answered(number);
    if (const auto action = anonymous_refusal(is_post, path, response.status); !action.empty())
        note_anonymous(action, address, number);
    web::add_security_headers(response, site_->is_secure);
    response.set("X-Request-Id", id);
    return response;
}

void Service::note_anonymous(std::string_view action, const std::string& address, RequestId request) const
{
    const auto left_out = anonymous_->take(address, sign_in_time());
    if (!left_out) return;
    auto entry = casework::audit_entry(desk(), {}, request, {}, {}, time().now());
    entry.role.clear(); // nobody knows who it was
    entry.operation = audit::Operation::refusal;
    entry.action = action;
    entry.outcome = name_of(ProblemKind::withheld);
    if (*left_out > 0) entry.reason_code = fmt::format("and_{}_more", *left_out);
    desk().database.write([&](storage::Transaction& transaction) { desk().log.append(transaction, entry); });
}

void note_refusal(const Service& service, const accounts::Session& session, RequestId request, std::string_view action,
                  const policy::Decision& decision, const policy::Request& asked)
{
    const auto& desk = service.desk();
    auto entry = casework::audit_entry(desk, session, request, {}, decision, service.time().now());
    entry.question = policy::question_of(asked);
    entry.operation = audit::Operation::refusal;
    entry.action = action;
    entry.outcome = name_of(ProblemKind::withheld);
    desk.database.write([&](storage::Transaction& transaction) { desk.log.append(transaction, entry); });
}

Result<> Service::serve()
{
    std::signal(SIGTERM, ask_to_stop);
    std::signal(SIGINT, ask_to_stop);
    server_ = TRY(web::Server::start(
        {.address = settings_.address,
         .port = settings_.port,
         .certificate_file = settings_.certificate_file,
         .key_file = settings_.key_file,
         .trusts_forwarded_headers = settings_.trusts_forwarded_headers},
        [this](const web::Request& request) { return handle(request); }, log_failure));
    std::cout << fmt::format("Reachable answers on {}\n", settings_.base_url) << std::flush;
    Mailer mailer(*this);
    std::thread jobs([&] { run_jobs(*this, mailer); });
    std::thread renewing([&] { renew_the_search(*this); });
    std::thread telling([&] { tell_systems(*this); });
    std::thread texting([&] { tell_by_text(*this); });
    while (!is_asked_to_stop) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    server_->stop();
    jobs.join();
    renewing.join();
    wording_->store_counts(*office_->database);
    telling.join();
    texting.join();
    return {};
}

} // namespace reachable::app
