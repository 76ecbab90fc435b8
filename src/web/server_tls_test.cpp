#include "web/malformed_requests.h"
#include "web/test_server.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace reachable::web {
namespace {

/// A certificate for localhost that vouches for itself, and its key, in files that go when it goes.
class SelfSigned {
  public:
    SelfSigned()
    {
        std::string name = (std::filesystem::temp_directory_path() / "reachable-tls-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw Bug("No temporary folder");
        folder_ = name;
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
        X509_set_version(certificate.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        auto* subject = X509_get_subject_name(certificate.get());
        const auto* host = reinterpret_cast<const unsigned char*>("localhost");
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, host, -1, -1, 0);
        X509_set_issuer_name(certificate.get(), subject);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
        write(certificate_file(), [&](std::FILE* file) { PEM_write_X509(file, certificate.get()); });
        write(key_file(),
              [&](std::FILE* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    }
    ~SelfSigned() { std::filesystem::remove_all(folder_); }
    SelfSigned(const SelfSigned&) = delete;
    SelfSigned& operator=(const SelfSigned&) = delete;

    std::string certificate_file() const { return folder_ / "certificate.pem"; }
    std::string key_file() const { return folder_ / "key.pem"; }
    ServerSettings settings() const
    {
        ServerSettings settings;
        settings.certificate_file = certificate_file();
        settings.key_file = key_file();
        return settings;
    }

  private:
    template <class Write>
    static void write(const std::string& path, Write write_to)
    {
        std::FILE* file = std::fopen(path.c_str(), "w");
        if (file == nullptr) throw Bug("The temporary folder cannot be written");
        write_to(file);
        std::fclose(file);
    }

    std::filesystem::path folder_;
};

std::string refusal_of(const ServerSettings& settings)
{
    const auto started = Server::start(settings, nullptr, nullptr);
    return started ? "started" : sentences(started.error());
}

TEST(ServerTls, serves_a_client_that_trusts_its_certificate)
{
    const SelfSigned tls;
    TestServer server(tls.settings());
    server.client_settings().trusted_certificate_file = tls.certificate_file();
    auto client = server.connect();
    EXPECT_EQ(client.get("/who")->body, "127.0.0.1 secure");
    EXPECT_EQ(client.ask("POST", "/echo", {}, std::string(200'000, 'b'))->body, std::string(200'000, 'b'));
    EXPECT_EQ(client.get("/long")->body.size(), 4U * 1024 * 1024);
}

TEST(ServerTls, nothing_older_than_1_3_is_spoken)
{
    const SelfSigned tls;
    TestServer server(tls.settings());
    server.client_settings().highest_tls_version = 0x0303;
    EXPECT_FALSE(Client::connect(server.client_settings()));
}

TEST(ServerTls, plain_words_on_the_port_are_not_answered)
{
    const SelfSigned tls;
    TestServer server(tls.settings());
    server.client_settings().uses_tls = false;
    const auto answer = server.exchange("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(answer.find("HTTP/1.1"), std::string::npos);
    EXPECT_TRUE(server.paths_seen().empty());
}

TEST(ServerTls, malformed_requests_are_refused_the_same)
{
    const SelfSigned tls;
    TestServer server(tls.settings());
    for (const auto& request : malformed_requests()) {
        const auto answer = server.exchange(request.bytes + "GET /smuggled HTTP/1.1\r\nHost: here\r\n\r\n");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(request.status) + " "))
            << request.name << ": " << answer;
        EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1U) << request.name;
    }
    EXPECT_TRUE(server.paths_seen().empty());
}

TEST(ServerTls, a_handshake_that_stalls_is_ended)
{
    const SelfSigned tls;
    auto settings = tls.settings();
    settings.header_timeout = std::chrono::seconds(1);
    TestServer server(settings);
    server.client_settings().uses_tls = false;
    EXPECT_EQ(server.connect().read_until_closed().value_or("not closed"), "");
}

TEST(ServerTls, a_running_request_is_finished_on_stop)
{
    const SelfSigned tls;
    TestServer server(tls.settings());
    auto client = server.connect();
    ASSERT_TRUE(client.send_bytes("GET /wait HTTP/1.1\r\nHost: here\r\n\r\n"));
    server.door.wait_until_waiting(1);
    std::thread stopper([&] { server.server().stop(); });
    server.door.open();
    EXPECT_EQ(client.read_answer()->body, "/wait");
    stopper.join();
}

TEST(ServerTls, files_that_do_not_fit_are_refused_with_a_sentence)
{
    const SelfSigned tls;
    const SelfSigned other;
    auto settings = tls.settings();
    settings.port = 0;
    settings.key_file = other.key_file();
    EXPECT_TRUE(refusal_of(settings).starts_with("The key does not belong to the certificate")) << refusal_of(settings);
    settings.key_file = "/nowhere/key.pem";
    EXPECT_EQ(refusal_of(settings), "There is no readable key in /nowhere/key.pem");
    settings.certificate_file = tls.key_file();
    EXPECT_TRUE(refusal_of(settings).starts_with("There is no readable certificate in"));
    settings.certificate_file.clear();
    EXPECT_EQ(refusal_of(settings), "TLS needs both a certificate file and a key file");
}

} // namespace
} // namespace reachable::web
