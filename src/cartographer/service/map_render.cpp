#include "cartographer/service/map_render.h"

#include <QEventLoop>
#include <QTimer>

#include <qgsexpressioncontextutils.h>
#include <qgsmaprendererparalleljob.h>

#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {

namespace {
constexpr int kPartialFrameMilliseconds = 120;
}

QgsMapSettings mapSettings(const Composition& composition, const RenderRequest& request, const QgsRectangle& extent) {
    QgsProject* project = QgsProject::instance();
    QgsMapSettings settings;
    settings.setLayers(composition.layers);
    settings.setDestinationCrs(project->crs());
    settings.setTransformContext(project->transformContext());
    settings.setPathResolver(project->pathResolver());
    settings.setLabelingEngineSettings(project->labelingEngineSettings());
    settings.setOutputSize(QSize(request.width, request.height));
    settings.setOutputDpi(request.dpi);
    settings.setExtent(extent);
    settings.setBackgroundColor(Qt::white);
    settings.setFlag(Qgis::MapSettingsFlag::Antialiasing);
    settings.setFlag(Qgis::MapSettingsFlag::DrawLabeling);
    settings.setFlag(Qgis::MapSettingsFlag::UseAdvancedEffects);
    settings.setFlag(Qgis::MapSettingsFlag::UseRenderingOptimization);
    settings.setFlag(Qgis::MapSettingsFlag::RenderPartialOutput, request.partialFrames);

    QgsExpressionContext context;
    context << QgsExpressionContextUtils::globalScope() << QgsExpressionContextUtils::projectScope(project)
            << QgsExpressionContextUtils::mapSettingsScope(settings);
    context.lastScope()->setVariable(QStringLiteral("zw_lang"),
                                     composition.language == Language::Chinese ? QStringLiteral("zh") : QStringLiteral("en"));
    settings.setExpressionContext(context);
    return settings;
}

Result<QImage> drawMap(const QgsMapSettings& settings, const std::function<void(const QImage&)>& partial, QgsFeedback& feedback) {
    auto* job = new QgsMapRendererParallelJob(settings);
    QEventLoop loop;
    QObject::connect(job, &QgsMapRendererJob::finished, &loop, &QEventLoop::quit);
    QObject::connect(&feedback, &QgsFeedback::canceled, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    QTimer timer;
    if (partial) {
        QObject::connect(&timer, &QTimer::timeout, [&] { partial(job->renderedImage()); });
        timer.start(kPartialFrameMilliseconds);
    }
    job->start();
    if (job->isActive() && !feedback.isCanceled()) loop.exec();
    timer.stop();
    if (feedback.isCanceled()) {
        if (job->isActive()) {
            QObject::connect(job, &QgsMapRendererJob::finished, job, &QObject::deleteLater);
            job->cancelWithoutBlocking();
        } else {
            job->deleteLater();
        }
        return failure(ErrorCode::Cancelled, {});
    }
    QImage image = job->renderedImage();
    job->deleteLater();
    if (image.format() != QImage::Format_ARGB32_Premultiplied) image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    return image;
}

}  // namespace zonewright::cartographer
