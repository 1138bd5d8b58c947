package io.videottt.catalog.miniature;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.catalog.coco.CocoVideosLayout;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.scenes.SceneImage;
import io.videottt.catalog.scenes.SceneTruth;
import io.videottt.catalog.scenes.StreetClass;
import io.videottt.catalog.truth.SegmentMasks;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A generated street scene as COCO annotates it. A rider is a person, and things that the scene
 * does not tell apart (its traffic lights) are a crowd.
 */
final class CocoScene {

  /** For what has no category: pixels of no segment. */
  static final int VOID = 0;

  /** For what has no category: the 134th of COCO Videos, which is not scored. */
  static final int UNSCORED = 255;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final int PERSON = 1;
  private static final int TRAFFIC_LIGHT = 10;

  /** COCO has neither poles nor signs in general. */
  private static final Map<Integer, Integer> CATEGORIES =
      Map.ofEntries(
          Map.entry(StreetClass.ROAD, 149),
          Map.entry(StreetClass.SIDEWALK, 191),
          Map.entry(StreetClass.BUILDING, 197),
          Map.entry(StreetClass.FENCE, 185),
          Map.entry(StreetClass.TRAFFIC_LIGHT, TRAFFIC_LIGHT),
          Map.entry(StreetClass.VEGETATION, 184),
          Map.entry(StreetClass.TERRAIN, 193),
          Map.entry(StreetClass.SKY, 187),
          Map.entry(StreetClass.PERSON, PERSON),
          Map.entry(StreetClass.RIDER, PERSON),
          Map.entry(StreetClass.CAR, 3),
          Map.entry(StreetClass.BICYCLE, 2));

  /** Categories of the above with countable objects. */
  private static final Set<Integer> THINGS = Set.of(PERSON, 2, 3, TRAFFIC_LIGHT);

  /**
   * A segment of the scene.
   *
   * @param id its value in the mask
   */
  private record Segment(int id, int category, boolean crowd, RunLengthMask mask) {

    boolean thing() {
      return THINGS.contains(category);
    }
  }

  private final int height;
  private final int width;

  /** [height, width] ids of segments. */
  private final int[] ids;

  private final List<Segment> segments = new ArrayList<>();

  /**
   * @param without category of what COCO has none for, {@link #VOID} for no segment
   */
  CocoScene(SceneImage scene, int without) {
    PanopticMap map = SceneTruth.panoptic(scene);
    this.height = map.height();
    this.width = map.width();
    Map<Integer, Integer> kept = new HashMap<>();
    Map<Integer, Integer> categories = new HashMap<>();
    Map<Integer, Boolean> crowds = new HashMap<>();
    Map<Integer, Integer> merged = new HashMap<>();
    for (PanopticSegment segment : map.segments()) {
      int category = CATEGORIES.getOrDefault(segment.classId(), without);
      if (category == VOID) {
        continue;
      }
      boolean thing = THINGS.contains(category);
      boolean crowd = thing && category == TRAFFIC_LIGHT;
      // Stuff, and what is not scored, is one segment per category.
      int id = thing ? segment.id() : merged.computeIfAbsent(category, key -> segment.id());
      kept.put(segment.id(), id);
      categories.put(id, category);
      crowds.put(id, crowd);
    }
    this.ids = map.ids().clone();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = kept.getOrDefault(ids[i], VOID);
    }
    int[] wanted = categories.keySet().stream().mapToInt(id -> id).sorted().toArray();
    List<RunLengthMask> masks = SegmentMasks.of(height, width, ids, wanted);
    for (int i = 0; i < wanted.length; i++) {
      segments.add(
          new Segment(wanted[i], categories.get(wanted[i]), crowds.get(wanted[i]), masks.get(i)));
    }
  }

  /** Writes the segments' ids as red + 256 green + 65536 blue. */
  void writeMask(Path file) throws IOException {
    PictureFiles.writeColour(
        file,
        height,
        width,
        pixel -> (ids[pixel] & 0xff) << 16 | ids[pixel] & 0xff00 | ids[pixel] >> 16 & 0xff);
  }

  /** An entry of {@code images}. */
  ObjectNode image(int id, String fileName) {
    return NODES
        .objectNode()
        .put("id", id)
        .put("file_name", fileName)
        .put("height", height)
        .put("width", width);
  }

  /** An entry of {@code annotations} of a panoptic file. */
  ObjectNode segments(int imageId, String fileName) {
    ObjectNode annotation = NODES.objectNode().put("image_id", imageId).put("file_name", fileName);
    ArrayNode list = annotation.putArray("segments_info");
    segments.forEach(segment -> list.add(described(segment).put("id", segment.id())));
    return annotation;
  }

  /**
   * Entries of {@code annotations} of a file of objects, with masks as run lengths.
   *
   * @param firstId of the first of them
   */
  List<ObjectNode> objects(int imageId, int firstId) {
    List<ObjectNode> objects = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.thing()) {
        ObjectNode object =
            described(segment).put("id", firstId + objects.size()).put("image_id", imageId);
        ObjectNode mask = object.putObject("segmentation");
        mask.putArray("size").add(height).add(width);
        ArrayNode counts = mask.putArray("counts");
        for (int run : segment.mask().counts()) {
          counts.add(run);
        }
        objects.add(object);
      }
    }
    return objects;
  }

  private ObjectNode described(Segment segment) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("category_id", segment.category())
            .put("iscrowd", segment.crowd() ? 1 : 0)
            .put("area", segment.mask().area());
    node.set("bbox", box(segment.id()));
    return node;
  }

  /** Left, top, width, height of a segment's pixels. */
  private ArrayNode box(int id) {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width + 1);
        top = Math.min(top, i / width);
        bottom = Math.max(bottom, i / width + 1);
      }
    }
    return NODES.arrayNode().add(left).add(top).add(right - left).add(bottom - top);
  }

  /** The beginning of a COCO file. */
  static ObjectNode file() {
    ObjectNode file = NODES.objectNode();
    file.putObject("info")
        .put("description", "Generated street scenes in COCO's form, not COCO's images");
    return file;
  }

  /**
   * The list {@code categories} of a data set.
   *
   * @param thingsOnly whether stuff is left out
   */
  static ArrayNode categories(DataSetDefinition definition, boolean thingsOnly) {
    ArrayNode categories = NODES.arrayNode();
    for (ClassDefinition known : definition.classes()) {
      if (known.thing() || !thingsOnly) {
        ObjectNode category =
            NODES.objectNode().put("id", known.sourceIds().get(0)).put("name", known.name());
        if (!thingsOnly) {
          category.put("isthing", known.thing() ? 1 : 0);
        }
        categories.add(category);
      }
    }
    if (definition.layout() instanceof CocoVideosLayout) {
      categories.add(
          NODES.objectNode().put("id", UNSCORED).put("name", "others").put("isthing", 0));
    }
    return categories;
  }

  static void write(Path file, ObjectNode json) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, MAPPER.writeValueAsBytes(json));
  }
}
