package io.videottt.reports.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Colours, strokes, marks and letters of all figures. The first series colours are those of Okabe
 * and Ito (2008), which people with any of the common kinds of colour blindness can tell apart; as
 * many more as there are methods follow. Marks and dashes tell series apart without colour.
 * Background, ink and grid are colours of their own, so that the page can replace them by those of
 * its dark appearance.
 */
public final class FigureStyle {

  public static final Color BACKGROUND = new Color(0xfefefe);
  public static final Color INK = new Color(0x1c2128);
  static final Color GRID = new Color(0xd8dce2);
  static final Color MEASURED = new Color(0x56b4e9);
  static final Color COMPARED = new Color(0xb4bac2);
  public static final Color EMPTY_CELL = new Color(0xe4e7eb);

  private static final List<Color> SERIES =
      List.of(
          new Color(0x5c6670),
          new Color(0xd55e00),
          new Color(0x0072b2),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9),
          new Color(0x98a2ad),
          new Color(0x9467bd),
          new Color(0xa6761d),
          new Color(0x8aa61e),
          new Color(0xd62f4b),
          new Color(0xf28fb1),
          new Color(0x2a9d8f));

  private static final List<Shape> MARKS =
      List.of(
          new Ellipse2D.Double(-4, -4, 8, 8),
          new Rectangle2D.Double(-3.5, -3.5, 7, 7),
          polygon(0, -5, 5, 4, -5, 4),
          polygon(0, -5.5, 5.5, 0, 0, 5.5, -5.5, 0),
          polygon(0, 5, 5, -4, -5, -4));

  private static final List<float[]> DASHES =
      List.of(new float[] {}, new float[] {7, 3}, new float[] {2, 3}, new float[] {9, 3, 2, 3});

  /** The least common multiple of the numbers of colours and marks. */
  private static final int STYLES = 70;

  private static final float LINE = 1.8f;

  private FigureStyle() {}

  public static Font letters(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  public static Font boldLetters(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  /**
   * The number of a style: no two of the first {@value #STYLES} series share both colour and mark;
   * a variant of one has its colour with a mark that is not filled, and other dashes.
   *
   * @param series from 0
   * @param variant from 0, the series itself
   */
  public static int style(int series, int variant) {
    return Math.floorMod(series, STYLES) + STYLES * variant;
  }

  public static Color colour(int style) {
    return SERIES.get(series(style) % SERIES.size());
  }

  public static Shape mark(int style) {
    return MARKS.get((series(style) + variant(style)) % MARKS.size());
  }

  public static boolean isFilled(int style) {
    return variant(style) == 0;
  }

  private static int series(int style) {
    return Math.floorMod(style, STYLES);
  }

  private static int variant(int style) {
    return Math.floorDiv(style, STYLES);
  }

  static Stroke line(int style) {
    float[] dash = DASHES.get((series(style) / SERIES.size() + variant(style)) % DASHES.size());
    return dash.length == 0
        ? new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : dashed(dash);
  }

  static Stroke reference() {
    return dashed(new float[] {7, 4});
  }

  private static Stroke dashed(float[] dash) {
    return new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
