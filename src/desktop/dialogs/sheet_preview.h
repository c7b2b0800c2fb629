#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

namespace zonewright::desktop {

/// A sheet as it will be printed, on a desk. The wheel looks closer, dragging moves, a double click shows all of it.
class SheetPreview : public QWidget {
    Q_OBJECT
public:
    explicit SheetPreview(QWidget* parent = nullptr);

    /// Size of the paper that comes next, in millimetres.
    void setPaper(QSizeF millimetres);
    void show(const QImage& page);
    void setBusy(bool busy);
    /// Says instead of the page why there is none.
    void refuse(const QString& why);

    /// At which a sheet has one dot a pixel here.
    [[nodiscard]] double dpi() const;
    [[nodiscard]] const QImage& page() const { return mPage; }
    [[nodiscard]] QSize sizeHint() const override { return {620, 460}; }

signals:
    void dpiChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] double fitting() const;  ///< pixels a millimetre at which the whole page is seen
    [[nodiscard]] QRectF pageRect() const;
    void zoomTo(double zoom, QPointF fixed);
    void keepInSight();

    QSizeF mPaper{420, 297};
    QImage mPage;
    QString mWhyNot;
    double mZoom = 1;
    QPointF mOffset;  ///< of the page's middle from that of the widget
    QPoint mFrom;
    bool mBusy = false;
    QTimer mSettled;
};

}  // namespace zonewright::desktop
