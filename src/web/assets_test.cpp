#include "web/assets.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace reachable::web {

namespace {

namespace files = std::filesystem;

/// A folder of its own with the files a page names, removed at the end.
class AssetFolder : public testing::Test {
  protected:
    void SetUp() override
    {
        std::string pattern = (files::temp_directory_path() / "reachable_assets_XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        for (const char* name : {"govuk.css", "moj.css", "app.css", "app.js", "govuk-frontend.min.js"})
            write(name, std::string("/* ") + name + " */");
        write("images/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    void TearDown() override { files::remove_all(folder); }

    void write(const std::string& name, const std::string& content) const
    {
        files::create_directories((folder / name).parent_path());
        std::ofstream(folder / name, std::ios::binary) << content;
    }
    Assets load() const
    {
        auto assets = Assets::load(folder);
        EXPECT_TRUE(assets.has_value());
        return std::move(*assets);
    }

    files::path folder;
};

Request asking_for(const std::string& address)
{
    Request request;
    const auto question = address.find("?v=");
    request.path = address.substr(0, question);
    if (question != std::string::npos) request.query.add("v", address.substr(question + 3));
    return request;
}

} // namespace

TEST_F(AssetFolder, an_address_of_a_page_is_served_and_may_be_kept_for_a_year)
{
    const Assets assets = load();
    const Response response = assets.serve(asking_for(assets.page_assets().style_sheets.at(2)));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.text(), "/* app.css */");
    EXPECT_EQ(response.header("Content-Type"), "text/css; charset=utf-8");
    EXPECT_EQ(response.header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(AssetFolder, an_address_without_its_version_or_with_an_old_one_is_not_kept)
{
    const Assets assets = load();
    EXPECT_EQ(assets.serve(asking_for("/assets/app.css")).header("Cache-Control"), "no-cache");
    EXPECT_EQ(assets.serve(asking_for("/assets/app.css?v=0123456789abcdef")).header("Cache-Control"), "no-cache");
}

TEST_F(AssetFolder, the_address_changes_with_the_content)
{
    const std::string before = load().address("app.css");
    write("app.css", "body{}");
    EXPECT_NE(load().address("app.css"), before);
}

TEST_F(AssetFolder, a_browser_that_has_the_file_gets_no_body)
{
    const Assets assets = load();
    Request request = asking_for(assets.address("app.js"));
    const Response first = assets.serve(request);
    request.headers.add("if-none-match", std::string(first.header("ETag")));
    const Response second = assets.serve(request);
    EXPECT_EQ(second.status, 304);
    EXPECT_EQ(second.text(), "");
    EXPECT_EQ(second.header("ETag"), first.header("ETag"));
}

TEST_F(AssetFolder, nothing_outside_the_folder_can_be_asked_for)
{
    const files::path outside = folder.parent_path() / (folder.filename().string() + "_secret.css");
    std::ofstream(outside) << "secret";
    files::create_symlink(outside, folder / "link.css");
    const Assets assets = load();
    for (const std::string& path :
         {"/assets/../" + outside.filename().string(), std::string("/assets/link.css"), std::string("/assets/"),
          std::string("/assets//app.css"), std::string("/assets/images"), std::string("/app.css"), std::string("/")})
        EXPECT_EQ(assets.serve(asking_for(path)).status, 404) << path;
    files::remove(outside);
}

TEST_F(AssetFolder, a_file_of_an_unknown_type_is_not_served)
{
    write("notes.sqlite", "x");
    write(".env", "x");
    const Assets assets = load();
    EXPECT_EQ(assets.size(), 6U);
    EXPECT_EQ(assets.serve(asking_for("/assets/notes.sqlite")).status, 404);
}

TEST_F(AssetFolder, a_folder_that_lacks_a_file_is_refused_by_name)
{
    files::remove(folder / "app.css");
    const auto assets = Assets::load(folder);
    ASSERT_FALSE(assets.has_value());
    EXPECT_EQ(sentences(assets.error()), "The asset folder has no app.css: build the assets first");
    EXPECT_FALSE(Assets::load(folder / "nowhere").has_value());
}

TEST_F(AssetFolder, an_asset_that_was_never_loaded_is_a_bug)
{
    EXPECT_THROW(load().address("gone.css"), Bug);
}

TEST_F(AssetFolder, a_compressed_file_is_sent_to_a_browser_that_takes_it)
{
    write("app.css.gz", "compressed");
    const Assets assets = load();
    const auto ask = [&](const std::string& accepted, const std::string& has = {}) {
        auto request = asking_for(assets.page_assets().style_sheets.at(2));
        if (!accepted.empty()) request.headers.add("accept-encoding", accepted);
        if (!has.empty()) request.headers.add("if-none-match", has);
        return assets.serve(request);
    };
    for (const auto* takes : {"gzip", "br, GZIP;q=0.8", "deflate, gzip ; q=1.0", "*", "identity;q=0.5, gzip;q=0.001"}) {
        const Response response = ask(takes);
        EXPECT_EQ(response.text(), "compressed") << takes;
        EXPECT_EQ(response.header("Content-Encoding"), "gzip") << takes;
        EXPECT_EQ(response.header("Content-Type"), "text/css; charset=utf-8");
        EXPECT_EQ(response.header("Vary"), "Accept-Encoding");
        EXPECT_EQ(response.header("Cache-Control"), "public, max-age=31536000, immutable");
    }
    for (const auto* takes_not : {"", "br", "identity", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "xgzip"}) {
        const Response response = ask(takes_not);
        EXPECT_EQ(response.text(), "/* app.css */") << takes_not;
        EXPECT_EQ(response.header("Content-Encoding"), "") << takes_not;
        EXPECT_EQ(response.header("Vary"), "Accept-Encoding") << takes_not;
    }
    const std::string plain_tag(ask("").header("ETag"));
    const std::string compressed_tag(ask("gzip").header("ETag"));
    EXPECT_NE(plain_tag, compressed_tag);
    EXPECT_EQ(ask("gzip", compressed_tag).status, 304);
    EXPECT_EQ(ask("gzip", plain_tag).status, 200);
    EXPECT_EQ(ask("", plain_tag).status, 304);
}

TEST_F(AssetFolder, a_compressed_file_that_is_older_than_its_own_or_has_none_is_not_sent)
{
    write("app.css.gz", "old");
    files::last_write_time(folder / "app.css.gz", files::last_write_time(folder / "app.css") - std::chrono::hours{1});
    write("alone.css.gz", "alone");
    const Assets assets = load();
    auto request = asking_for("/assets/app.css");
    request.headers.add("accept-encoding", "gzip");
    EXPECT_EQ(assets.serve(request).text(), "/* app.css */");
    EXPECT_EQ(assets.serve(request).header("Vary"), "");
    request.path = "/assets/alone.css.gz";
    EXPECT_EQ(assets.serve(request).status, 404);
}

} // namespace reachable::web
