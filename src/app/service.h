// The running service: every part built once and handed what it needs. Reading `Service::open` shows what it is made
// of.
#pragma once

#include "accounts/secret_keys.h"
#include "app/anonymous_refusals.h"
#include "app/settings.h"
#include "app/text_gateway.h"
#include "app/wording.h"
#include "capabilities/custody/custody.h"
#include "capabilities/sharing/sharing.h"
#include "casework/desk.h"
#include "clocks/time_sources.h"
#include "derived/site.h"
#include "policy/text_policy.h"
#include "ties/memory.h"
#include "web/assets.h"
#include "web/server.h"

namespace reachable::app {

/// The desk on an open database, without pages: what the demo, the benchmarks and tests need.
struct Office {
    std::unique_ptr<storage::Database> database;
    SigningKey key;
    accounts::SecretKeys secret_keys;
    std::unique_ptr<audit::Log> log;
    std::unique_ptr<policy::TextPolicy> policy;
    std::vector<std::string> policy_signed_by; // offices whose signature fits
    std::unique_ptr<ties::Memory> tie_memory;  // of a service: what it asks most
    std::unique_ptr<casework::Desk> desk;
};
/// Opens the database, applies migrations, opens the audit log, seals secrets that stand open, reads the policy and the
/// dated lists. The clock must outlive the office. Refuses a policy that the officers of the settings have not signed,
/// unless it is a demonstration.
Result<std::unique_ptr<Office>> open_office(const Settings& settings, const TimeSource& clock);

/// Refuses, with what to do, settings whose record does not stand yet: a mistyped path must not begin an empty one.
Result<> record_stands(const Settings& settings);
/// Which record the settings name, without the secrets of a connection string.
std::string record_in_words(const Settings& settings);

/// Every migration, in the order of the rooms.
std::vector<storage::Migration> all_migrations();

/// The service with its pages. Not copied or moved: pages hold references into it.
class Service {
  public:
    static Result<std::unique_ptr<Service>> open(const Settings& settings);
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    web::Response handle(web::Request request) const;
    /// Serves until SIGTERM or SIGINT, with the background jobs: clocks, pairs of records, mail, partner systems and
    /// text messages.
    Result<> serve();

    const Settings& settings() const { return settings_; }
    const casework::Desk& desk() const { return *office_->desk; }
    const policy::TextPolicy& text_policy() const { return *office_->policy; }
    /// The offices whose signature of the policy fits; in a demonstration there may be none.
    std::span<const std::string> policy_signed_by() const { return office_->policy_signed_by; }
    const derived::Site& site() const { return *site_; }
    const TimeSource& time() const
    {
        if (simulated_) return *simulated_;
        return machine_time_;
    }
    /// The clock a presenter may move; null outside a demonstration.
    clocks::SimulatedTime* simulated_time() const { return simulated_.get(); }
    const SigningKey& key() const { return office_->key; }
    const accounts::SecretKeys& secret_keys() const { return office_->secret_keys; }
    /// Where text messages are handed over; nothing: the settings name no gateway, and nobody is told by text.
    const std::optional<TextGateway>& text_gateway() const { return text_gateway_; }
    const web::Router& router() const { return router_; }
    Wording& wording() const { return *wording_; }

  private:
    Service() = default;
    void add_routes();
    web::Response answer(web::Request request) const;
    void note_anonymous(std::string_view action, const std::string& address, RequestId request) const;

    Settings settings_;
    clocks::SystemTime machine_time_;
    std::unique_ptr<clocks::SimulatedTime> simulated_;
    std::unique_ptr<Office> office_;
    std::optional<TextGateway> text_gateway_;
    std::optional<web::Assets> assets_;
    web::PageAssets page_assets_;
    std::unique_ptr<derived::Site> site_;
    web::Router router_;
    std::unique_ptr<Wording> wording_;
    std::unique_ptr<AnonymousRefusals> anonymous_ = std::make_unique<AnonymousRefusals>();
    std::unique_ptr<web::Server> server_;
};

/// An entry for a refusal that no door made: `action` says what was asked, `session` who asked; if the policy refused
/// it, `decision` and `asked` say how and what.
void note_refusal(const Service& service, const accounts::Session& session, RequestId request, std::string_view action,
                  const policy::Decision& decision = {}, const policy::Request& asked = {});

// Pages and routes, one file each.
void add_sign_in_pages(web::Router& router, const Service& service);
void add_enrolment_pages(web::Router& router, const Service& service);
void add_home_pages(web::Router& router, const Service& service);
void add_search_pages(web::Router& router, const Service& service);
void add_import_pages(web::Router& router, const Service& service);
void add_webhook_pages(web::Router& router, const Service& service);
void add_text_pages(web::Router& router, const Service& service);
void add_audit_pages(web::Router& router, const Service& service);
void add_plain_pages(web::Router& router, const Service& service);
void add_problem_pages(web::Router& router, const Service& service);
void add_policy_pages(web::Router& router, const Service& service);
void add_enforcement_page(web::Router& router, const Service& service);
void add_demo_pages(web::Router& router, const Service& service);
void add_api(web::Router& router, const Service& service);
/// Navigation, who is signed in, the marking: what depends on the visitor.
void dress_page(web::Page& page, const derived::Visit& visit, const Service& service);

} // namespace reachable::app
