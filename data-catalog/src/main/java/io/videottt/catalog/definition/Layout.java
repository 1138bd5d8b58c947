package io.videottt.catalog.definition;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.videottt.base.Task;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the files of a data set lie below its root and how its videos are read from them, or that
 * there are none.
 *
 * <p>A layout is a record whose components are its settings: catalogue files name it by {@code
 * type} and give the settings beside it, of which every other key is refused. Layouts are found by
 * {@link java.util.ServiceLoader}, those of this project like those in somebody's own jar: the
 * record is listed in {@code META-INF/services/io.videottt.catalog.definition.Layout} and has a
 * public constructor without arguments, which makes the layout of a file that gives no setting. A
 * setting that is left out of a file is null or zero, and the record fills its default.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
@JsonTypeIdResolver(LayoutTypes.class)
public interface Layout extends Serializable {

  /** What catalogue files call it, for example {@code label-maps}; one word for all settings. */
  String type();

  /**
   * Opens the videos of a data set in this layout.
   *
   * @param definition the data set, with the root that is used; unless frames are {@link
   *     #computed()}, the root is a folder that is there
   * @param hadoop how its file system is reached
   * @throws io.videottt.base.InvalidInputException when the data set does not fit the layout
   */
  VideoSource open(DataSetDefinition definition, Configuration hadoop);

  /** The tasks of segmentation that there is ground truth for. */
  default Set<Task> tasks() {
    return Set.of(Task.SEMANTIC);
  }

  /** Frames per second where the layout says how often they are taken; 0 where it does not. */
  default double framesPerSecond() {
    return 0;
  }

  /** The largest id of a class: a byte in label images, anything in annotations. */
  default long largestSourceId() {
    return 255;
  }

  /** Whether stuff counts as objects of instance segmentation, as things do. */
  default boolean stuffHasObjects() {
    return false;
  }

  /** Whether frames are computed: such a data set has no root, and no picture file is decoded. */
  default boolean computed() {
    return false;
  }

  /**
   * How files are read, as far as results depend on it: where it differs, results are not of the
   * same data. Where files lie need not be in it.
   */
  default String reading() {
    return toString();
  }

  /**
   * The tasks whose results a file bears on.
   *
   * @param file its name, as {@link VideoSource#addFiles} has given it
   */
  default Set<Task> tasksOf(String file) {
    return EnumSet.allOf(Task.class);
  }

  /**
   * Whether the ground truth of some tasks is read from lists of segments beside their maps, which
   * may disagree: of published data this is a warning, for which all of it is looked at.
   *
   * @param tasks at least one
   */
  default boolean listsSegments(Set<Task> tasks) {
    return false;
  }

  /**
   * The layouts that there are, with no setting given, by what catalogue files call them; sorted.
   *
   * @throws io.videottt.base.InvalidInputException when one of a jar cannot be used
   */
  static Map<String, Layout> known() {
    return LayoutTypes.KNOWN.byName();
  }
}
