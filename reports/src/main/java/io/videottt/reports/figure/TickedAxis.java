package io.videottt.reports.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A number axis with labels at given places. */
final class TickedAxis extends NumberAxis {

  private final transient List<FigureAxis.Tick> places;

  /**
   * @param title of the axis
   * @param places values are places on the drawn axis
   */
  TickedAxis(String title, List<FigureAxis.Tick> places) {
    super(title);
    this.places = List.copyOf(places);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return places.stream()
        .filter(place -> getRange().contains(place.value()))
        .map(place -> new NumberTick(place.value(), place.label(), anchor, TextAnchor.CENTER, 0))
        .toList();
  }
}
