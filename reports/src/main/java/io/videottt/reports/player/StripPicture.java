package io.videottt.reports.player;

import io.videottt.base.Task;
import io.videottt.reports.figure.FigureStyle;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;

/** Draws a {@link Strip} as one PNG picture for documents. Needs fonts, as figures do. */
final class StripPicture {

  private static final int MARGIN = 12;
  private static final int GAP = 6;
  private static final int LETTERS = 13;
  private static final int LINE = 18;

  /** Room for the rows' titles. */
  private static final int TITLES = 120;

  private static final int MOST_TITLE_LINES = 4;

  /** Pictures of small frames are enlarged until they are as wide. */
  private static final int LEAST_WIDTH = 160;

  private final Strip strip;
  private final Function<byte[], Optional<BufferedImage>> decoder;
  private final List<Integer> places;
  private int width = LEAST_WIDTH;
  private int height = LEAST_WIDTH / 2;

  private StripPicture(Strip strip, Function<byte[], Optional<BufferedImage>> decoder) {
    this.strip = strip;
    this.decoder = decoder;
    this.places = strip.places();
  }

  /**
   * The strip as PNG.
   *
   * @param strip what is drawn
   * @param decoder pixels of a picture's file; empty for a file that is no picture
   */
  static byte[] draw(Strip strip, Function<byte[], Optional<BufferedImage>> decoder) {
    return new StripPicture(strip, decoder).draw();
  }

  private byte[] draw() {
    List<Strip.Row> rows = strip.rows();
    rows.stream()
        .flatMap(row -> places.stream().map(row::picture))
        .flatMap(Optional::stream)
        .map(decoder)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(this::fit);
    int size = rows.stream().mapToInt(this::height).sum();
    BufferedImage picture =
        new BufferedImage(
            2 * MARGIN + TITLES + places.size() * (GAP + width),
            2 * MARGIN + 3 * LINE + size,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(FigureStyle.BACKGROUND);
      graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
      draw(graphics, rows, picture.getWidth() - 2 * MARGIN);
    } finally {
      graphics.dispose();
    }
    return png(picture);
  }

  /** As wide as needed, each pixel enlarged by the same whole number. */
  private void fit(BufferedImage picture) {
    int scale = (LEAST_WIDTH + picture.getWidth() - 1) / picture.getWidth();
    width = scale * picture.getWidth();
    height = scale * picture.getHeight();
  }

  private int height(Strip.Row row) {
    return height + GAP + (row.values().isEmpty() ? 0 : LINE);
  }

  private int left(int column) {
    return MARGIN + TITLES + GAP + column * (width + GAP);
  }

  private void draw(Graphics2D graphics, List<Strip.Row> rows, int room) {
    Font plain = FigureStyle.letters(LETTERS);
    graphics.setFont(FigureStyle.boldLetters(LETTERS));
    text(graphics, strip.video(), MARGIN, MARGIN, room);
    graphics.setFont(plain);
    text(graphics, strip.results(), MARGIN, MARGIN + LINE, room);
    for (int column = 0; column < places.size(); column++) {
      int frame = strip.clip().frames().get(places.get(column)).index();
      text(graphics, "frame " + frame, left(column), MARGIN + 2 * LINE, width);
    }
    int top = MARGIN + 3 * LINE;
    for (Strip.Row row : rows) {
      List<String> title = wrapped(row.title(), graphics.getFontMetrics());
      for (int i = 0; i < title.size(); i++) {
        text(graphics, title.get(i), MARGIN, top + i * LINE, TITLES);
      }
      for (int column = 0; column < places.size(); column++) {
        draw(graphics, row, column, top);
      }
      top += height(row);
    }
  }

  private void draw(Graphics2D graphics, Strip.Row row, int column, int top) {
    int place = places.get(column);
    Optional<BufferedImage> picture = row.picture(place).flatMap(decoder);
    if (picture.isPresent()) {
      graphics.drawImage(picture.get(), left(column), top, width, height, null);
    } else {
      graphics.setColor(FigureStyle.EMPTY_CELL);
      graphics.fillRect(left(column), top, width, height);
    }
    String value = row.value(place);
    if (!value.isEmpty()) {
      Task task = strip.clip().set().task();
      String words = "%s %s %s".formatted(task.metric(), value, task.unit().symbol());
      text(graphics, words, left(column), top + height, width);
    }
  }

  /** Text on one line, cut where its room ends. */
  private static void text(Graphics2D graphics, String text, int left, int top, int room) {
    FontMetrics letters = graphics.getFontMetrics();
    String cut = text;
    while (!cut.isEmpty() && letters.stringWidth(cut) > room) {
      cut = cut.substring(0, cut.length() - 1);
    }
    graphics.setColor(FigureStyle.INK);
    graphics.drawString(cut, left, top + LETTERS);
  }

  private static List<String> wrapped(String text, FontMetrics letters) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (String word : text.split(" ")) {
      String last = lines.get(lines.size() - 1);
      String longer = last.isEmpty() ? word : last + " " + word;
      if (letters.stringWidth(longer) <= TITLES) {
        lines.set(lines.size() - 1, longer);
      } else {
        lines.add(word);
      }
    }
    return lines.subList(0, Math.min(MOST_TITLE_LINES, lines.size()));
  }

  private static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "png", bytes)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a strip of frames cannot be drawn", e);
    }
    return bytes.toByteArray();
  }
}
