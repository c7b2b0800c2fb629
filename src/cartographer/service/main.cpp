#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <QTemporaryDir>

#include <qgsapplication.h>
#include <qgssettings.h>

#include <unistd.h>

#include "cartographer/service/channel.h"
#include "cartographer/service/qt_text.h"
#include "cartographer/service/read_only_sqlite.h"
#include "cartographer/service/session.h"

namespace zonewright::cartographer {
namespace {

/// Maps must not depend on who draws them where: no display, no settings of the person's own QGIS, no plugins, file
/// names in UTF-8.
void settleEnvironment(const std::string& scratch) {
    ::setenv("QT_QPA_PLATFORM", "offscreen", 0);
    ::setenv("QT_HASH_SEED", "0", 1);  // the same sheet is the same file
    ::setenv("LC_ALL", "C.UTF-8", 1);
    std::setlocale(LC_ALL, "C.UTF-8");
    ::setenv("QGIS_PROVIDER_FILE", "none", 1);  // the providers that are built in are all we use
    ::setenv("QGIS_CUSTOM_CONFIG_PATH", scratch.c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", scratch.c_str(), 1);
    ::setenv("XDG_DATA_HOME", scratch.c_str(), 1);
    ::setenv("XDG_RUNTIME_DIR", scratch.c_str(), 0);
}

int serve(int argc, char** argv) {
    Channel channel;
    const QTemporaryDir scratch;
    settleEnvironment(fromQt(scratch.path()));
    forbidSqliteWrites(fromQt(scratch.path()));
    QgsApplication application(argc, argv, true, scratch.path());
    QgsApplication::setPrefixPath(QStringLiteral(ZONEWRIGHT_QGIS_PREFIX), true);
    QgsSettings().setValue(QStringLiteral("qgis/walForSqlite3"), false);
    QgsApplication::initQgis();

    Session session(channel);
    std::thread reader([&] {
        channel.readAll([&](RequestLine line) { session.accept(std::move(line)); });
        session.inputEnded();
    });
    reader.detach();
    QgsApplication::exec();
    return 0;
}

}  // namespace
}  // namespace zonewright::cartographer

int main(int argc, char** argv) {
    if (argc > 1) {
        std::fputs("zonewright-cartographer draws maps for zonewright, which starts it; it is not started by hand.\n", stderr);
        return 2;
    }
    const int status = zonewright::cartographer::serve(argc, argv);
    // Taking QGIS apart costs time and can crash in libraries; everything that matters is on disk.
    ::_exit(status);
}
