#include <iostream>

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include "core/base/paths.h"
#include "desktop/canvas/map_view.h"
#include "desktop/main_window.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

struct Options {
    QString plan;
    QString screenshot;
    QString theme;
    QStringList panels;
    QSize size;
};

/// For pictures of the program in manuals and reviews.
void pictureWhenReady(MainWindow& window, const Options& options) {
    const auto take = [&window, options] {
        // What was asked for last is drawn before the picture is taken.
        QTimer::singleShot(400, &window, [&window, options] {
            const bool saved = window.grab().save(options.screenshot);
            if (!saved) std::cerr << "zonewright-desktop: cannot write " << options.screenshot.toStdString() << '\n';
            QApplication::exit(saved ? 0 : 1);
        });
    };
    auto* once = new QObject(&window);
    QObject::connect(&window.map().frames(), &FrameSource::ready, once, [once, take] {
        once->deleteLater();
        take();
    });
    QTimer::singleShot(30000, &window, take);
}

int run(QApplication& app) {
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("PLAN"), text("规划文件", "Plan file"), QStringLiteral("[PLAN]"));
    parser.addOption({QStringLiteral("lang"), text("语言：zh 或 en", "Language: zh or en"), QStringLiteral("zh|en")});
    parser.addOption({QStringLiteral("look"), text("外观：light 或 dark", "Look: light or dark"), QStringLiteral("light|dark")});
    parser.addOption({QStringLiteral("theme"), text("打开后显示的专题", "Theme to show"), QStringLiteral("id")});
    parser.addOption({QStringLiteral("panel"), text("打开的面板，可重复", "Panel to show; may be repeated"), QStringLiteral("id")});
    parser.addOption({QStringLiteral("size"), text("窗口大小", "Window size"), QStringLiteral("WxH")});
    parser.addOption({QStringLiteral("screenshot"), text("画好后存为图片并退出", "Save a picture once the map is drawn, and quit"), QStringLiteral("FILE")});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(app);
    if (parser.isSet(QStringLiteral("lang"))) languageSwitch().set(parser.value(QStringLiteral("lang")) == QLatin1String("en") ? Language::English : Language::Chinese);
    if (parser.isSet(QStringLiteral("look"))) preferences::wear(parser.value(QStringLiteral("look")) == QLatin1String("dark") ? preferences::Look::Dark : preferences::Look::Light);

    auto catalogue = catalogue::load(productPaths().layers);
    if (!catalogue) {
        std::cerr << "zonewright-desktop: error[" << static_cast<int>(catalogue.error().code) << "]: " << describe(catalogue.error(), language()) << '\n';
        return 1;
    }
    MainWindow window(std::make_shared<const catalogue::Catalogue>(std::move(*catalogue)));
    Options options{parser.positionalArguments().value(0), parser.value(QStringLiteral("screenshot")), parser.value(QStringLiteral("theme")),
                    parser.values(QStringLiteral("panel")), {}};
    if (const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x')); size.size() == 2) window.resize(size[0].toInt(), size[1].toInt());
    for (const QString& panel : options.panels) window.showPanel(panel);
    window.show();
    if (!options.theme.isEmpty()) {
        QObject::connect(&window.content(), &MapContent::themesChanged, &window, [&window, theme = options.theme.toStdString()] {
            QTimer::singleShot(0, &window, [&window, theme] { window.content().showTheme(theme); });
        });
    }
    if (!options.plan.isEmpty()) window.openPlan(options.plan.toStdString());
    if (!options.screenshot.isEmpty()) pictureWhenReady(window, options);
    return QApplication::exec();
}

}  // namespace
}  // namespace zonewright::desktop

int main(int count, char** arguments) {
    QApplication app(count, arguments);
    QApplication::setApplicationName(QStringLiteral("zonewright"));
    QApplication::setOrganizationName(QStringLiteral("zonewright"));
    QApplication::setApplicationDisplayName(QString());
    QApplication::setApplicationVersion(QStringLiteral(ZONEWRIGHT_VERSION));
    zonewright::desktop::preferences::wear(zonewright::desktop::preferences::keptLook());
    zonewright::desktop::languageSwitch().set(zonewright::desktop::preferences::keptLanguage());
    return zonewright::desktop::run(app);
}
