import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes that Java is to archive: those that some commands have loaded, each once. Arguments:
 * the file to write, the class path, the lists that {@code -XX:DumpLoadedClassList} has written.
 */
final class ClassList {

  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.*)\\.class");

  private ClassList() {}

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Set<String> versioned = new HashSet<>();
    for (String jar : arguments[1].split(":")) {
      addVersioned(Path.of(jar), versioned);
    }
    Set<String> lines = new LinkedHashSet<>();
    for (String list : Arrays.asList(arguments).subList(2, arguments.length)) {
      lines.addAll(Files.readAllLines(Path.of(list)));
    }
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      String name = line.startsWith("@") ? line.split(" ")[1] : line.split(" ")[0];
      if (!versioned.contains(name)) {
        kept.add(line);
      }
    }
    Files.write(target, kept);
  }

  /**
   * Classes that a jar holds for newer versions of Java only are left out: where an agent or a
   * recording looks at classes as they are loaded, Java 17 ends when it looks for the bytes of an
   * archived one under its usual name.
   */
  private static void addVersioned(Path jar, Set<String> names) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.isMultiRelease()) {
        file.stream()
            .map(entry -> VERSIONED.matcher(entry.getName()))
            .filter(Matcher::matches)
            .forEach(matcher -> names.add(matcher.group(1)));
      }
    }
  }
}
