package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.razorvine.pickle.Opcodes;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to run something, or to take all memory or time, and broken ones. */
@Timeout(120)
class HostileCheckpointTest {

  @TempDir private Path folder;

  private void assertRefused(String name, byte[] bytes, String... words) {
    Path file = folder.resolve(name);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (CheckpointReader reader = new CheckpointReader(new Configuration())) {
      assertThatThrownBy(() -> reader.read(new org.apache.hadoop.fs.Path(file.toUri())))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name)
          .satisfies(e -> assertThat(Arrays.asList(words)).allMatch(e.getMessage()::contains))
          .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2))
          .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(800));
    }
    assertThat(folder.resolve("harmed")).doesNotExist();
  }

  static Stream<Arguments> callables() {
    return Stream.of(
        Arguments.of("os", "system"),
        Arguments.of("posix", "system"),
        Arguments.of("subprocess", "Popen"),
        Arguments.of("builtins", "eval"),
        Arguments.of("builtins", "exec"),
        Arguments.of("__builtin__", "eval"),
        Arguments.of("builtins", "getattr"),
        Arguments.of("builtins", "__import__"),
        Arguments.of("builtins", "open"),
        Arguments.of("builtins", "range"),
        Arguments.of("copy_reg", "_reconstructor"),
        Arguments.of("copyreg", "_reconstructor"),
        Arguments.of("operator", "attrgetter"),
        Arguments.of("functools", "partial"),
        Arguments.of("numpy", "load"),
        Arguments.of("numpy.core.multiarray", "fromfile"),
        Arguments.of("torch", "load"),
        Arguments.of("torch.storage", "_load_from_bytes.__globals__"),
        Arguments.of("decimal", "Decimal"),
        Arguments.of("java.lang.Runtime", "exec"),
        Arguments.of("", ""));
  }

  @ParameterizedTest
  @MethodSource("callables")
  void whatIsNoTensorArrayOrContainerIsRefusedByName(String module, String name) {
    for (int protocol : new int[] {2, 4}) {
      PickleWriter pickle = new PickleWriter(protocol).global(module, name);
      pickle.text("touch " + folder.resolve("harmed")).op(Opcodes.TUPLE1, Opcodes.REDUCE);
      assertRefused("hostile.pkl", pickle.stop(), module + "." + name, "nothing of it was run");
    }
  }

  @Test
  void theSameWithinAnArchiveAndWithinAStorage() throws IOException {
    byte[] hostile =
        new PickleWriter(2)
            .global("os", "system")
            .text("touch " + folder.resolve("harmed"))
            .op(Opcodes.TUPLE1, Opcodes.REDUCE)
            .stop();
    assertRefused("hostile.pth", TestCheckpoint.archive(hostile, Map.of()), "os.system");

    PickleWriter outer = new PickleWriter(4).global("torch.storage", "_load_from_bytes");
    outer.bytes(hostile).op(Opcodes.TUPLE1, Opcodes.REDUCE);
    assertRefused("storage.pkl", outer.stop(), "os.system");
  }

  @Test
  void storagesWithinStoragesAreRefused() {
    byte[] inner = new PickleWriter(4).stop();
    for (int depth = 0; depth < 50; depth++) {
      PickleWriter outer = new PickleWriter(4).global("torch.storage", "_load_from_bytes");
      inner = outer.bytes(inner).op(Opcodes.TUPLE1, Opcodes.REDUCE).stop();
    }
    assertRefused("deep.pkl", inner);
  }

  @ParameterizedTest
  @ValueSource(ints = {'i', 'o', 0x82, 0x83, 0x84, 0x92, 0x97, 'P', '2', '0', '1', 'S', 0xff, 0})
  void operationsThatPlainDataDoesNotNeedAreRefused(int operation) {
    PickleWriter pickle = new PickleWriter(4).op(Opcodes.EMPTY_DICT, Opcodes.MARK);
    assertRefused(
        "op.pkl", pickle.raw(operation).raw(new byte[] {'o', 's', '\n', 'x', '\n', '1'}).stop());
  }

  @Test
  void whatIsNotCallableIsNotCalled() {
    PickleWriter pickle = new PickleWriter(4).text("os.system").text("true");
    assertRefused("text.pkl", pickle.op(Opcodes.TUPLE1, Opcodes.REDUCE).stop(), "makes no sense");
    PickleWriter type = new PickleWriter(4).global("torch", "FloatStorage").tuple(1);
    assertRefused("type.pkl", type.op(Opcodes.REDUCE).stop(), "makes no sense");
  }

  @Test
  void bytesOfALengthAreNotMade() {
    for (String name : new String[] {"bytearray", "bytes"}) {
      PickleWriter pickle = new PickleWriter(4).global("builtins", name);
      pickle.tuple(1_000_000_000_000L);
      assertRefused("length.pkl", pickle.op(Opcodes.REDUCE).stop(), "makes no sense");
    }
  }

  @Test
  void aMemoBombOfListsTakesNothing() {
    // Each list holds the one before ten times: 10^60 elements, were they ever visited.
    PickleWriter pickle = new PickleWriter(4).op(Opcodes.EMPTY_LIST).text("x").op(Opcodes.APPEND);
    for (int depth = 0; depth < 60; depth++) {
      pickle.op(Opcodes.BINPUT).raw(depth).op(Opcodes.EMPTY_LIST, Opcodes.MARK);
      for (int copy = 0; copy < 10; copy++) {
        pickle.op(Opcodes.BINGET).raw(depth);
      }
      pickle.op(Opcodes.APPENDS);
    }
    byte[] bomb = pickle.stop();
    assertRefused("memo.pkl", bomb, "no dictionary of tensors");

    byte[] body = Arrays.copyOfRange(bomb, 2, bomb.length - 1);
    PickleWriter key = new PickleWriter(4).raw(body).op(Opcodes.EMPTY_DICT, Opcodes.BINGET).raw(59);
    assertRefused("key.pkl", key.integer(1).op(Opcodes.SETITEM).stop(), "a dictionary has a key");
    PickleWriter set = new PickleWriter(4).op(Opcodes.MARK).raw(body).op(Opcodes.FROZENSET);
    assertRefused("set.pkl", set.stop(), "a dictionary has a key");
    PickleWriter value = new PickleWriter(4).raw(body).op(Opcodes.EMPTY_DICT).text("model");
    assertRefused(
        "value.pkl",
        value.op(Opcodes.BINGET).raw(59).op(Opcodes.SETITEM).stop(),
        "no dictionary of tensors");
  }

  @Test
  void aDictionaryThatHoldsItselfTakesNothing() {
    PickleWriter pickle = new PickleWriter(4).op(Opcodes.EMPTY_DICT, Opcodes.MEMOIZE);
    pickle.text("model").op(Opcodes.BINGET).raw(0).op(Opcodes.SETITEM);
    assertRefused("self.pkl", pickle.stop(), "no dictionary of tensors");
  }

  @Test
  void copiesOfAListThatAreNeverNeededAreNotMade() {
    PickleWriter pickle = new PickleWriter(4).op(Opcodes.EMPTY_LIST, Opcodes.MARK);
    for (int entry = 0; entry < 100_000; entry++) {
      pickle.op(Opcodes.EMPTY_TUPLE);
    }
    pickle.op(Opcodes.APPENDS).op(Opcodes.BINPUT).raw(0);
    for (int copy = 0; copy < 50_000; copy++) {
      pickle.raw('c').raw(TestCheckpoint.latin1("builtins\nlist\n")).op(Opcodes.BINGET).raw(0);
      pickle.op(Opcodes.TUPLE1, Opcodes.REDUCE);
    }
    assertRefused("copies.pkl", pickle.stop(), "operations");
  }

  @Test
  void deepNestingTakesNoStack() {
    PickleWriter pickle = new PickleWriter(4);
    for (int depth = 0; depth < 1_000_000; depth++) {
      pickle.op(Opcodes.EMPTY_LIST);
    }
    for (int depth = 1; depth < 1_000_000; depth++) {
      pickle.op(Opcodes.APPEND);
    }
    assertRefused("deep.pkl", pickle.stop(), "no dictionary of tensors");
  }

  @Test
  void manyOperationsAreTooMany() {
    byte[] many = new byte[5_000_000];
    Arrays.fill(many, (byte) Opcodes.EMPTY_DICT);
    assertRefused("many.pkl", new PickleWriter(4).raw(many).stop(), "operations");
  }

  @Test
  void muchTextIsTooMuch() {
    PickleWriter pickle = new PickleWriter(4);
    String text = "x".repeat(4096);
    for (int index = 0; index < 17_000; index++) {
      pickle.text(text);
    }
    assertRefused("text.pkl", pickle.stop(), "bytes of text");
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000_000L, Long.MAX_VALUE, -1, 1L << 31})
  void lengthsAreNotBelieved(long length) {
    for (short operation :
        new short[] {Opcodes.BINBYTES8, Opcodes.BINUNICODE8, Opcodes.BYTEARRAY8}) {
      PickleWriter pickle = new PickleWriter(4).op(operation).number(length, 8).text("short");
      assertRefused("length.pkl", pickle.stop(), "truncated or damaged");
    }
    for (short operation : new short[] {Opcodes.BINBYTES, Opcodes.BINUNICODE, Opcodes.BINSTRING}) {
      PickleWriter pickle = new PickleWriter(4).op(operation).number(0xfffffff0L, 4).text("short");
      assertRefused("length.pkl", pickle.stop(), "truncated or damaged");
    }
    PickleWriter integer = new PickleWriter(4).op(Opcodes.LONG4).number(0x7fffffff, 4);
    assertRefused("integer.pkl", integer.stop(), "makes no sense");
  }

  private static PickleWriter torchTensor(long elements, long offset, long[] size, long[] stride) {
    PickleWriter pickle = new PickleWriter(2).op(Opcodes.EMPTY_DICT).text("weight");
    pickle.global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK, Opcodes.MARK);
    pickle.text("storage").global("torch", "FloatStorage").text("0").text("cpu").integer(elements);
    pickle.op(Opcodes.TUPLE, Opcodes.BINPERSID).integer(offset).tuple(size).tuple(stride);
    pickle.op(Opcodes.NEWFALSE, Opcodes.NONE, Opcodes.TUPLE, Opcodes.REDUCE);
    return pickle.op(Opcodes.SETITEM);
  }

  static Stream<Arguments> impossibleTensors() {
    long huge = 1_000_000_000_000L;
    return Stream.of(
        // A storage that claims more than the file holds.
        Arguments.of(huge, 0, new long[] {huge}, new long[] {1}),
        Arguments.of(-1, 0, new long[] {4}, new long[] {1}),
        // One number that is to be repeated.
        Arguments.of(4, 0, new long[] {huge}, new long[] {0}),
        Arguments.of(4, 0, new long[] {400_000_000}, new long[] {0}),
        Arguments.of(4, 0, new long[] {1 << 20, 1 << 20, 1 << 20}, new long[] {0, 0, 0}),
        Arguments.of(
            4, 0, new long[] {1L << 62, 1L << 62, 4}, new long[] {1L << 62, 1L << 62, 1L << 62}),
        // Numbers outside of the storage.
        Arguments.of(4, 1, new long[] {4}, new long[] {1}),
        Arguments.of(4, -1, new long[] {4}, new long[] {1}),
        Arguments.of(4, Long.MAX_VALUE, new long[] {4}, new long[] {1}),
        Arguments.of(4, 3, new long[] {4}, new long[] {-1}),
        Arguments.of(4, 0, new long[] {2, 2}, new long[] {Long.MAX_VALUE, 1}),
        Arguments.of(4, 0, new long[] {-4}, new long[] {1}),
        Arguments.of(4, 0, new long[] {2, 2}, new long[] {1}),
        Arguments.of(4, 0, new long[100], new long[100]));
  }

  @ParameterizedTest
  @MethodSource("impossibleTensors")
  void tensorsThatDoNotLieInTheirStorageAreRefused(
      long elements, long offset, long[] size, long[] stride) throws IOException {
    byte[] archive =
        TestCheckpoint.archive(
            torchTensor(elements, offset, size, stride).stop(),
            Map.of("data/0", TestCheckpoint.bytes(1, 2, 3, 4)));
    assertRefused("tensor.pth", archive);
  }

  @Test
  void anArrayOfATrillionNumbersIsRefused() {
    for (int protocol : new int[] {2, 4, 5}) {
      var tensor =
          new TestCheckpoint.TestTensor(
              "F32", new long[] {1_000_000, 1_000_000}, TestCheckpoint.bytes(1, 2));
      PickleWriter pickle = new PickleWriter(protocol).op(Opcodes.EMPTY_DICT).text("weight");
      TestCheckpoint.array(pickle, tensor).op(Opcodes.SETITEM);
      assertRefused("array.pkl", pickle.stop(), "weight", "does not fit");
    }
  }

  @Test
  void storagesLieInTheArchiveAndNowhereElse() throws IOException {
    for (String key : new String[] {"../../../etc/passwd", "/etc/passwd", "0/../0", "x", ""}) {
      PickleWriter pickle = new PickleWriter(2).op(Opcodes.EMPTY_DICT, Opcodes.MARK);
      pickle.text("storage").global("torch", "FloatStorage").text(key).text("cpu").integer(4);
      byte[] bytes = pickle.op(Opcodes.TUPLE, Opcodes.BINPERSID).stop();
      assertRefused("key.pth", TestCheckpoint.archive(bytes, Map.of()), "no number");
    }
    assertRefused(
        "lacks.pth",
        TestCheckpoint.archive(torchTensor(4, 0, new long[] {4}, new long[] {1}).stop(), Map.of()),
        "lacks its entry data/0");
  }

  @Test
  void namesThatLeaveTheArchiveWriteNothing() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("../../harmed", TestCheckpoint.latin1("x"));
    entries.put("data/0", TestCheckpoint.bytes(1, 2, 3, 4));
    Path file = folder.resolve("names.pth");
    Files.write(
        file,
        TestCheckpoint.archive(
            torchTensor(4, 0, new long[] {2, 2}, new long[] {1, 2}).stop(), entries));
    try (CheckpointReader reader = new CheckpointReader(new Configuration())) {
      StoredTensor tensor =
          reader.read(new org.apache.hadoop.fs.Path(file.toUri())).tensors().get(0);
      // Transposed, as its strides say.
      assertThat(tensor.values(0, 1)).containsExactly(1, 3, 2, 4);
      assertThat(tensor.values(1, 2)).containsExactly(2, 4);
    }
    assertThat(folder).isDirectoryContaining(each -> each.endsWith("names.pth"));
    assertThat(folder.toFile().list()).hasSize(1);
    assertThat(folder.getParent().resolve("harmed")).doesNotExist();
  }

  @Test
  void aZipBombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      byte[] zeros = new byte[1 << 20];
      for (int index = 0; index < 512; index++) {
        zip.write(zeros);
      }
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    assertRefused("bomb.pth", bytes.toByteArray(), "data.pkl is compressed", "zip -0");
  }

  @Test
  void aTruncatedArchiveIsNamed() throws IOException {
    byte[] whole =
        TestCheckpoint.archive(
            torchTensor(4, 0, new long[] {4}, new long[] {1}).stop(),
            Map.of("data/0", TestCheckpoint.bytes(1, 2, 3, 4)));
    for (int length : new int[] {4, 30, 200, whole.length / 2, whole.length - 1}) {
      assertRefused("cut.pth", Arrays.copyOf(whole, length), "truncated", "copy it again");
    }
  }

  @Test
  void aTruncatedPickleIsNamed() {
    PickleWriter pickle = new PickleWriter(4).op(Opcodes.EMPTY_DICT).text("weight");
    TestCheckpoint.array(
        pickle,
        new TestCheckpoint.TestTensor("F32", new long[] {4}, TestCheckpoint.bytes(1, 2, 3, 4)));
    byte[] whole = pickle.op(Opcodes.SETITEM).stop();
    for (int length = 2; length < whole.length; length++) {
      assertRefused("cut.pkl", Arrays.copyOf(whole, length), "truncated or damaged");
    }
  }

  @Test
  void otherKindsOfFilesAreNamed() throws IOException {
    assertRefused("empty.pkl", new byte[0], "no checkpoint that is read");
    assertRefused("page.pkl", TestCheckpoint.latin1("<html>not found</html>"), "no checkpoint");
    assertRefused(
        "pointer.pkl",
        TestCheckpoint.latin1("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
        "git lfs pull");
    assertRefused("zero.pkl", TestCheckpoint.latin1("(dp0\nS'model'\np1\n."), "protocol 2 to 5");
    assertRefused("six.pkl", new PickleWriter(6).op(Opcodes.EMPTY_DICT).stop(), "of protocol 6");
    assertRefused("list.pkl", new PickleWriter(4).op(Opcodes.EMPTY_LIST).stop(), "no dictionary");
    byte[] magic = {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8};
    assertRefused(
        "legacy.pth",
        new PickleWriter(2).op(Opcodes.LONG1).raw(10).raw(magic).raw(0x50, 0x19).stop(),
        "before version 1.6",
        "torch.save(torch.load(");
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      TestCheckpoint.store(entries, "readme.txt", TestCheckpoint.latin1("hello"));
    }
    assertRefused("other.pth", zip.toByteArray(), "no data.pkl");
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(script)) {
      TestCheckpoint.store(entries, "net/data.pkl", new PickleWriter(2).stop());
      TestCheckpoint.store(entries, "net/constants.pkl", new PickleWriter(2).stop());
    }
    assertRefused("script.pt", script.toByteArray(), "TorchScript");
  }
}
