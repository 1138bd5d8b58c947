package io.videottt.catalog;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.io.config.PackagedFile;
import io.videottt.io.config.StrictYaml;
import io.videottt.io.storage.Utf8Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The data sets that are known by name: the built-in ones and those of a user's folder. */
public final class Catalog {

  /** Prefix of the environment variables that move a data set's root. */
  public static final String ROOT_VARIABLE_PREFIX = "VIDEOTTT_ROOT_";

  /** Names the files of the built-in data sets, one a line: a folder of a jar has no listing. */
  static final String INDEX = "data-sets.txt";

  private final Map<String, DataSetDefinition> definitions;
  private final Map<String, String> environment;

  private Catalog(Map<String, DataSetDefinition> definitions, Map<String, String> environment) {
    this.definitions = definitions;
    this.environment = environment;
  }

  /** The data sets that the project brings along. */
  public static Catalog builtIn() {
    return new Catalog(builtInDefinitions(), System.getenv());
  }

  /**
   * The built-in data sets and those of a folder of YAML files; a file may replace a built-in one.
   *
   * @param folder any Hadoop path; every {@code *.yaml} in it is read
   * @throws InvalidInputException when the folder is missing or a file does not parse
   */
  public static Catalog withFolder(Path folder, Configuration hadoop) {
    Map<String, DataSetDefinition> definitions = builtInDefinitions();
    Map<String, String> sources = new TreeMap<>();
    for (FileStatus file : StoredFiles.list(folder, hadoop)) {
      if (file.isDirectory() || !file.getPath().getName().endsWith(".yaml")) {
        continue;
      }
      String source = file.getPath().toString();
      byte[] bytes = StoredFiles.read(file.getPath(), StrictYaml.MAXIMUM_LENGTH, hadoop);
      DataSetDefinition definition =
          StrictYaml.read(Utf8Text.decode(bytes, source), source, DataSetDefinition.class);
      String other = sources.put(definition.name(), source);
      if (other != null) {
        throw new InvalidInputException(
            "%s: data set %s is already defined in %s".formatted(source, definition.name(), other));
      }
      definitions.put(definition.name(), definition);
    }
    return new Catalog(definitions, System.getenv());
  }

  /** The same catalogue under other environment variables. */
  Catalog withEnvironment(Map<String, String> variables) {
    return new Catalog(definitions, variables);
  }

  /** The names of the data sets, sorted. */
  public List<String> names() {
    return List.copyOf(definitions.keySet());
  }

  /**
   * What the catalogue says about a data set.
   *
   * @throws InvalidInputException naming the data sets there are
   */
  public DataSetDefinition definition(String name) {
    DataSetDefinition definition = definitions.get(name);
    if (definition == null) {
      throw new InvalidInputException(
          "no data set is called \"%s\"; the catalogue has %s"
              .formatted(name, String.join(", ", definitions.keySet())));
    }
    return definition;
  }

  /**
   * Opens a data set.
   *
   * @param rootOverride where its files are; goes before the environment variable {@code
   *     VIDEOTTT_ROOT_<NAME>} (capital letters, {@code _} for {@code -}), which goes before the
   *     catalogue file
   * @throws InvalidInputException when the name is unknown or the root does not exist
   */
  public DataSet open(String name, Optional<String> rootOverride, Configuration hadoop) {
    DataSetDefinition definition = definition(name);
    String variable = rootVariable(name);
    String root =
        rootOverride.orElseGet(() -> environment.getOrDefault(variable, definition.root()));
    return DataSet.of(definition.withRoot(root), hadoop);
  }

  /** The environment variable that moves a data set's root. */
  static String rootVariable(String name) {
    return ROOT_VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Map<String, DataSetDefinition> builtInDefinitions() {
    Map<String, DataSetDefinition> definitions = new TreeMap<>();
    for (String name : PackagedFile.text(Catalog.class, INDEX).lines().toList()) {
      definitions.put(
          name, PackagedFile.read(Catalog.class, name + ".yaml", DataSetDefinition.class));
    }
    return definitions;
  }
}
