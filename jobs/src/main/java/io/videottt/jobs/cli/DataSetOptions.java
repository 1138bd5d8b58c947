package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where data sets are looked up and where their files are. */
final class DataSetOptions {

  @Mixin private CatalogOptions catalog;

  @Option(
      names = "--root",
      paramLabel = "[DATASET=]DIR",
      description = {
        "Folder of a data set, in place of the file's and the catalogue's; may be repeated.",
        "Without a name it is that of every data set that no other one names."
      })
  private List<String> roots = new ArrayList<>();

  Catalog catalog() {
    return catalog.open();
  }

  /**
   * Opens a data set where the command line, a file, the environment or the catalogue says.
   *
   * @param used names of the data sets that the command uses; a folder of any other is a mistake
   * @param fileRoot what a configuration file says
   */
  DataSet open(
      Catalog known,
      String name,
      List<String> used,
      Optional<String> fileRoot,
      Configuration hadoop) {
    return known.open(name, root(known, name, used).or(() -> fileRoot), hadoop);
  }

  private Optional<String> root(Catalog known, String name, List<String> used) {
    Map<String, String> named = new LinkedHashMap<>();
    String any = null;
    for (String root : roots) {
      int sign = root.indexOf('=');
      String owner = sign < 0 ? "" : root.substring(0, sign);
      // A folder may have such a sign in its name, too.
      if (sign < 0 || !known.names().contains(owner)) {
        any = root;
        continue;
      }
      if (!used.contains(owner)) {
        throw new InvalidInputException(
            "--root %s: data set %s is not used here, but %s"
                .formatted(root, owner, String.join(", ", used)));
      }
      named.put(owner, root.substring(sign + 1));
    }
    return Optional.ofNullable(named.getOrDefault(name, any));
  }
}
