package io.videottt.jobs.drawing;

import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.drawing.SegmentColours.Segment;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Draws small pictures of frames and labels: classes in their colours, segments and objects with
 * borders as in {@link PanopticOverlay}, on a plain background, which keeps the files small. Needs
 * no fonts: executors may have none.
 */
public final class PreviewPictures {

  /** Wide enough to see a pedestrian, small enough for a page of dozens. */
  private static final int WIDEST = 320;

  private static final int BACKGROUND = 0x202020;

  private final PredictedClasses classes;

  public PreviewPictures(PredictedClasses classes) {
    this.classes = classes;
  }

  /** A picture in its own colours, such as the frame, as JPEG. */
  public byte[] input(RgbImage image) {
    BufferedImage whole = Overlays.picture(image);
    int width = Math.min(WIDEST, image.width());
    int height = height(image.height(), image.width());
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    try {
      Image averaged = whole.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
      graphics.drawImage(averaged, 0, 0, null);
    } finally {
      graphics.dispose();
    }
    return jpeg(small);
  }

  /** The class of every pixel as PNG; ignored pixels are dark. */
  byte[] semantic(LabelMap map) {
    BufferedImage picture = blank(map.height(), map.width());
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int label = map.labels()[place(picture, x, y, map.height(), map.width())] & 0xff;
        picture.setRGB(x, y, label == LabelMap.IGNORE ? BACKGROUND : classes.rgb(label));
      }
    }
    return IndexedPng.of(picture);
  }

  /** Annotated segments with borders as PNG; pixels of no segment are dark. */
  byte[] panoptic(PanopticMap map) {
    return panoptic(map, new SegmentColours(classes).truth(segments(map)));
  }

  /**
   * Predicted segments in the same way, in the colours of the annotated ones that they find.
   *
   * @param truth of the same frame, where there is any
   */
  byte[] panoptic(PanopticMap map, Optional<PanopticMap> truth) {
    return panoptic(
        map,
        new SegmentColours(classes)
            .predicted(
                segments(map),
                truth.map(PreviewPictures::segments).orElse(List.of()),
                truth.map(known -> SegmentMatch.of(map, known)).orElse(List.of())));
  }

  private static List<Segment> segments(PanopticMap map) {
    return map.segments().stream().map(Segment::of).toList();
  }

  private static byte[] panoptic(PanopticMap map, Map<Integer, Integer> colours) {
    BufferedImage picture = blank(map.height(), map.width());
    int width = picture.getWidth();
    int[] ids = new int[picture.getHeight() * width];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = map.ids()[place(picture, i % width, i / width, map.height(), map.width())];
    }
    PanopticMap small = new PanopticMap(picture.getHeight(), width, ids, map.segments());
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        int id = ids[y * width + x];
        if (PanopticOverlay.isBorder(small, x, y)) {
          picture.setRGB(x, y, PanopticOverlay.BORDER);
        } else if (colours.containsKey(id)) {
          picture.setRGB(x, y, colours.get(id));
        }
      }
    }
    return IndexedPng.of(picture);
  }

  /** Annotated objects with borders as PNG, the later on top of the earlier. */
  byte[] instances(List<InstanceTruth> objects, int height, int width) {
    return panoptic(
        painted(objects, height, width), new SegmentColours(classes).truth(segments(objects)));
  }

  /**
   * Predicted objects in the same way, in the colours of the annotated ones that they find.
   *
   * @param truth objects of the same frame, where they are known
   */
  byte[] instances(
      List<InstanceTruth> objects, Optional<List<InstanceTruth>> truth, int height, int width) {
    return panoptic(
        painted(objects, height, width),
        new SegmentColours(classes)
            .predicted(
                segments(objects),
                truth.map(PreviewPictures::segments).orElse(List.of()),
                truth.map(known -> SegmentMatch.of(objects, known)).orElse(List.of())));
  }

  /** As they are painted: the id of the n-th object is n, from 1. */
  private static List<Segment> segments(List<InstanceTruth> objects) {
    List<Segment> segments = new ArrayList<>();
    for (InstanceTruth object : objects) {
      segments.add(
          new Segment(segments.size() + 1, object.classId(), object.object(), object.crowd()));
    }
    return segments;
  }

  private static PanopticMap painted(List<InstanceTruth> objects, int height, int width) {
    int[] ids = new int[height * width];
    List<PanopticSegment> segments = new ArrayList<>();
    for (InstanceTruth object : objects) {
      int id = segments.size() + 1;
      segments.add(PanopticSegment.predicted(id, object.classId()));
      boolean[] mask = mask(object.mask(), height, width);
      for (int i = 0; i < ids.length; i++) {
        if (mask[i]) {
          ids[i] = id;
        }
      }
    }
    return new PanopticMap(height, width, ids, segments);
  }

  private static boolean[] mask(RunLengthMask mask, int height, int width) {
    if (mask.height() != height || mask.width() != width) {
      throw new IllegalArgumentException(
          "a mask of %d x %d in a frame of %d x %d"
              .formatted(mask.height(), mask.width(), height, width));
    }
    return mask.toPixels();
  }

  private static BufferedImage blank(int height, int width) {
    BufferedImage picture =
        new BufferedImage(
            Math.min(WIDEST, width), height(height, width), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, BACKGROUND);
      }
    }
    return picture;
  }

  private static int height(int height, int width) {
    return width <= WIDEST ? height : Math.max(1, Math.round((float) height * WIDEST / width));
  }

  /** The pixel of the whole picture that stands at a place of the small one. */
  private static int place(BufferedImage small, int x, int y, int height, int width) {
    int row = (2 * y + 1) * height / (2 * small.getHeight());
    int column = (2 * x + 1) * width / (2 * small.getWidth());
    return row * width + column;
  }

  private static byte[] jpeg(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "jpeg", bytes)) {
        throw new IllegalStateException("every Java platform writes JPEG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a preview cannot be drawn", e);
    }
    return bytes.toByteArray();
  }
}
