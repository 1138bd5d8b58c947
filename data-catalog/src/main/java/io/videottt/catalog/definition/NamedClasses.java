package io.videottt.catalog.definition;

import io.videottt.base.InvalidInputException;
import io.videottt.io.config.PackagedFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists of classes that several data sets share and a catalogue file can name. */
public final class NamedClasses {

  private static final Map<String, List<ClassDefinition>> LISTS = new TreeMap<>();

  static {
    List<ClassDefinition> coco =
        List.of(PackagedFile.read(NamedClasses.class, "coco-133.yaml", ClassDefinition[].class));
    LISTS.put("coco-133", coco);
    LISTS.put("coco-80", coco.stream().filter(ClassDefinition::thing).toList());
  }

  private NamedClasses() {}

  /**
   * The list of a name.
   *
   * @throws InvalidInputException naming the lists there are
   */
  public static List<ClassDefinition> of(String name) {
    List<ClassDefinition> classes = LISTS.get(name);
    if (classes == null) {
      throw new InvalidInputException(
          "no list of classes is called \"%s\"; there are %s, or give the classes one by one"
              .formatted(name, String.join(", ", LISTS.keySet())));
    }
    return classes;
  }
}
