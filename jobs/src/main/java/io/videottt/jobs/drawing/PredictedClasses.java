package io.videottt.jobs.drawing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.model.ModelConfiguration;
import java.awt.Color;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The classes that a model predicts: names, colours, and which of them are things.
 *
 * @param definitions in the order of the model's classes
 */
public record PredictedClasses(List<ClassDefinition> definitions) implements Serializable {

  /** A data set's classes; in files they have the data set's own ids. */
  public static PredictedClasses of(DataSetDefinition dataset) {
    return new PredictedClasses(dataset.classes());
  }

  /**
   * The classes that the model's configuration names (id2label), things and stuff as in the data
   * sets of the catalogue that have the same classes; in files they have the model's ids.
   *
   * @param model the configuration
   * @param folder the model's folder, for messages
   * @throws InvalidInputException when it names none, no data set has them, or data sets disagree
   *     about what is a thing
   */
  public static PredictedClasses of(ModelConfiguration model, String folder, Catalog catalog) {
    List<String> names = names(model);
    List<DataSetDefinition> known =
        catalog.names().stream()
            .map(catalog::definition)
            .filter(dataset -> names.equals(names(dataset.classes())))
            .toList();
    if (known.isEmpty()) {
      throw new InvalidInputException(
          "%s: which classes are things is not known: no data set of the catalogue has its classes"
                  .formatted(folder)
              + "\nname the data set with --colours");
    }
    List<ClassDefinition> first = known.get(0).classes();
    if (known.stream().anyMatch(dataset -> !things(dataset.classes()).equals(things(first)))) {
      throw new InvalidInputException(
          "%s: its classes are those of %s, which disagree about what is a thing"
                  .formatted(
                      folder,
                      known.stream().map(DataSetDefinition::name).collect(Collectors.joining(", ")))
              + "\nname one of them with --colours");
    }
    return new PredictedClasses(
        first.stream()
            .map(c -> new ClassDefinition(c.id(), c.name(), c.thing(), c.colour(), null))
            .toList());
  }

  private static List<String> names(List<ClassDefinition> classes) {
    return classes.stream().map(ClassDefinition::name).toList();
  }

  private static List<Boolean> things(List<ClassDefinition> classes) {
    return classes.stream().map(ClassDefinition::thing).toList();
  }

  /**
   * The classes' names that a model's configuration has (id2label); empty where it has none, or
   * only those that are filled in by default (LABEL_0).
   */
  public static List<String> names(ModelConfiguration model) {
    try {
      JsonNode labels = new JsonMapper().readTree(model.toJson()).path("id2label");
      List<String> names = new ArrayList<>();
      for (int id = 0; id < labels.size(); id++) {
        names.add(labels.path(Integer.toString(id)).asText());
      }
      boolean unnamed = names.stream().allMatch(name -> name.matches("LABEL_\\d+"));
      return unnamed ? List.of() : names;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a configuration was JSON when it was read", impossible);
    }
  }

  /** A colour for a class that has none, as {@code #rrggbb}. */
  public static String paletteColour(int classId) {
    int[] palette = ClassColours.palette().rgb();
    return "#%06x".formatted(palette[classId % palette.length]);
  }

  String name(int classId) {
    return definitions.get(classId).name();
  }

  boolean isThing(int classId) {
    return definitions.get(classId).thing();
  }

  /** The colours of all classes. */
  List<Integer> colours() {
    return definitions.stream().map(ClassDefinition::rgb).toList();
  }

  int rgb(int classId) {
    return definitions.get(classId).rgb();
  }

  /** The class's id in files. */
  public long categoryId(int classId) {
    return definitions.get(classId).sourceIds().get(0);
  }

  /** Writes COCO's list of categories. */
  public void writeCategories(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("categories");
    for (ClassDefinition definition : definitions) {
      Color colour = new Color(definition.rgb());
      json.writeStartObject();
      json.writeNumberField("id", categoryId(definition.id()));
      json.writeStringField("name", definition.name());
      json.writeNumberField("isthing", definition.thing() ? 1 : 0);
      json.writeArrayFieldStart("color");
      json.writeNumber(colour.getRed());
      json.writeNumber(colour.getGreen());
      json.writeNumber(colour.getBlue());
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
