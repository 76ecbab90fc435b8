// A service on an empty database in a folder of its own, and somebody's browser.
#pragma once

#include "app/service.h"
#include "app/session_cookies.h"
#include "base/text.h"
#include "policy/signed_policy.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>

namespace reachable::app::testing {

using Values = std::vector<std::pair<std::string, std::string>>;

/// Keeps cookies, and calls the service as a request that came over a socket would.
class Browser {
  public:
    explicit Browser(const Service& service) : service_(&service) {}

    web::Response get(const std::string& path) { return send(web::Method::get, path, {}); }
    web::Response post(const std::string& path, const Values& values) { return send(web::Method::post, path, values); }
    /// A post with the token of the form that stands at `page`.
    web::Response post_from(const std::string& page, const std::string& path, Values values)
    {
        const std::string shown(get(page).text());
        for (const auto* name : {"form_token", "door"}) {
            std::smatch found;
            if (std::regex_search(shown, found, std::regex(std::string("name=\"") + name + "\" value=\"([^\"]*)\"")))
                values.emplace_back(name, found[1].str());
        }
        return post(path, values);
    }
    std::map<std::string, std::string> cookies;

  private:
    web::Response send(web::Method method, std::string path, const Values& values)
    {
        web::Request request{.method = method, .id = RequestId::random()};
        if (const auto mark = path.find('?'); mark != std::string::npos) {
            for (const auto pair : split(std::string_view(path).substr(mark + 1), '&'))
                request.query.add(std::string(pair.substr(0, pair.find('='))),
                                  std::string(pair.substr(pair.find('=') + 1)));
            path.resize(mark);
        }
        request.path = path;
        for (const auto& [name, value] : cookies) request.cookies.add(name, value);
        if (method == web::Method::post) request.headers.add("content-type", "application/x-www-form-urlencoded");
        for (const auto& [name, value] : values)
            request.body += (request.body.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
        auto response = service_->handle(std::move(request));
        for (const auto& [name, value] : response.headers)
            if (to_lower_ascii(name) == "set-cookie") {
                const auto equals = value.find('=');
                cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
            }
        return response;
    }
    static std::string encoded(std::string_view text)
    {
        std::string out;
        for (const char c : text) {
            const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
            out += is_plain ? std::string(1, c) : "%" + to_hex(as_bytes(std::string_view(&c, 1)));
        }
        return out;
    }
    const Service* service_;
};

/// Two officers sign a copy of the shipped policy in `folder`, and the settings name both.
inline void have_policy_signed(Settings& settings, const std::filesystem::path& folder)
{
    const auto loaded = policy::load_policy(settings.policy_file, {}, policy::Signed::not_needed);
    CHECK(loaded, "the shipped policy cannot be read");
    const auto file = folder / "reachable.policy";
    std::filesystem::copy_file(settings.policy_file, file);
    std::ofstream signatures(file.string() + ".signatures");
    std::vector<std::string> officers;
    for (const auto* office : {"data-protection-officer", "caldicott-guardian"}) {
        const auto key = make_signing_key();
        signatures << policy::signature_line(office, key, *loaded->policy);
        officers.push_back(std::string(office) + " " + to_hex(key.open));
    }
    settings.policy_file = file;
    settings.policy_officers = join(officers, ", ");
}

/// Of a service whose files all lie in one folder.
inline Settings settings_in(const std::filesystem::path& folder)
{
    auto settings = default_settings();
    settings.database = "sqlite:" + (folder / "x.db").string();
    settings.assets_folder = "build/assets";
    settings.signing_key_file = folder / "signing.key";
    settings.checkpoint_file = folder / "checkpoints.txt";
    settings.mail_folder = folder / "mail";
    return settings;
}

class EmptyService : public ::testing::Test {
  protected:
    void SetUp() override
    {
        if (!std::filesystem::exists("build/assets/app.css"))
            GTEST_SKIP() << "build/assets is not built: run the assets build first";
        accounts::set_password_cost(1, 8192);
        std::filesystem::create_directories(folder_);
        auto settings = settings_in(folder_);
        have_policy_signed(settings, folder_);
        auto service = Service::open(settings);
        ASSERT_TRUE(service) << sentences(service.error());
        service_ = std::move(*service);
    }
    void TearDown() override
    {
        service_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("reachable_setting_up_" + RequestId::random().text());
    std::unique_ptr<Service> service_;
};

} // namespace reachable::app::testing
