package io.videottt.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.videottt.model.tensor.Transfers;
import java.nio.Buffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Calls of the tensor library that corrupt gradients, crash the process, or make results depend on
 * what else runs: none of them is in the compiled code.
 */
@SuppressWarnings("UnusedMethod")
class TensorSafetyTest {

  /** With a Java number, these hand autograd a buffer that is freed before the backward pass. */
  private static final Set<String> ARITHMETIC =
      Set.of("mul", "div", "pow", "maximum", "minimum", "muli", "divi", "powi");

  private static final Set<String> READING =
      Set.of(
          "getFloat",
          "getDouble",
          "getInt",
          "getLong",
          "getByte",
          "getBoolean",
          "toArray",
          "toFloatArray",
          "toDoubleArray",
          "toIntArray",
          "toLongArray",
          "toByteArray",
          "toUint8Array",
          "toBooleanArray");

  private static final Set<String> REPLACING_STORAGE = Set.of("set", "copyTo");

  private static final ArchRule NO_JAVA_NUMBERS =
      noClasses()
          .should()
          .callMethodWhere(
              call("arithmetic of a tensor with a Java number", TensorSafetyTest::takesNumber))
          .because("the number's memory is freed while autograd holds it; use a native scalar");

  private static final ArchRule NO_SCALARS_FROM_JAVA =
      noClasses()
          .should()
          .callMethodWhere(call("NDManager.create of a scalar", TensorSafetyTest::createsScalar))
          .because("the scalar's memory belongs to Java; use NDManager.full");

  private static final ArchRule NO_REPLACED_STORAGE =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "NDArray.set or copyTo",
                  c -> on(c, NDArray.class) && REPLACING_STORAGE.contains(c.getName())))
          .because("views and the optimiser keep the old storage; copy in place instead");

  private static final ArchRule NO_TRAINING_FRAMEWORK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl.training", "ai.djl.training.loss", "ai.djl.training.optimizer")
          .because("there is one gradient collector in a process, and its losses use Java numbers");

  private static final ArchRule NO_BFLOAT16 =
      noClasses()
          .should()
          .accessField(DataType.class, "BFLOAT16")
          .because("converting to it ends the process");

  private static final ArchRule NO_GLOBAL_SEED =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "Engine.setRandomSeed",
                  c -> on(c, Engine.class) && c.getName().equals("setRandomSeed")))
          .because("the engine's generator is shared by all tasks of the process");

  private static final ArchRule NO_READING_UNSEEN =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Transfers.class.getName())
          .should()
          .callMethodWhere(
              call(
                  "reading a tensor's values",
                  c -> on(c, NDArray.class) && READING.contains(c.getName())))
          .because("a read waits for the device; Transfers counts them");

  private static final List<ArchRule> RULES =
      List.of(
          NO_JAVA_NUMBERS,
          NO_SCALARS_FROM_JAVA,
          NO_REPLACED_STORAGE,
          NO_TRAINING_FRAMEWORK,
          NO_BFLOAT16,
          NO_GLOBAL_SEED,
          NO_READING_UNSEEN);

  @Test
  void theCodeKeepsAllRules() {
    JavaClasses classes =
        new ClassFileImporter().withImportOption(new MainClasses()).importPackages("io.videottt");
    assertThat(classes.stream().map(JavaClass::getName))
        .anyMatch(name -> name.startsWith("io.videottt.model."))
        .anyMatch(name -> name.startsWith("io.videottt.adaptation."));
    for (ArchRule rule : RULES) {
      rule.check(classes);
    }
  }

  @Test
  void everyRuleCatchesAnOffence() {
    assertCaught(NO_JAVA_NUMBERS, JavaNumberMethod.class);
    assertCaught(NO_JAVA_NUMBERS, JavaNumberFunction.class);
    assertCaught(NO_SCALARS_FROM_JAVA, ScalarFromJava.class);
    assertCaught(NO_REPLACED_STORAGE, ReplacedStorage.class);
    assertCaught(NO_TRAINING_FRAMEWORK, FrameworkLoss.class);
    assertCaught(NO_BFLOAT16, Brain.class);
    assertCaught(NO_GLOBAL_SEED, GlobalSeed.class);
    assertCaught(NO_READING_UNSEEN, Read.class);
  }

  @Test
  void tensorWithTensorIsNoOffence() {
    JavaClasses classes = new ClassFileImporter().importClasses(Harmless.class);
    for (ArchRule rule : RULES) {
      assertThat(rule.evaluate(classes).hasViolation()).as(rule.getDescription()).isFalse();
    }
  }

  private static void assertCaught(ArchRule rule, Class<?> offender) {
    JavaClasses classes = new ClassFileImporter().importClasses(offender);
    assertThat(rule.evaluate(classes).hasViolation()).as(offender.getSimpleName()).isTrue();
  }

  private static DescribedPredicate<JavaCall<?>> call(
      String description, java.util.function.Predicate<JavaCall<?>> offends) {
    return DescribedPredicate.describe(description, offends);
  }

  private static boolean takesNumber(JavaCall<?> call) {
    return (on(call, NDArray.class) || on(call, NDArrays.class))
        && ARITHMETIC.contains(call.getName())
        && call.getTarget().getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Number.class));
  }

  private static boolean createsScalar(JavaCall<?> call) {
    List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
    return on(call, NDManager.class)
        && call.getName().equals("create")
        && parameters.size() == 1
        && (parameters.get(0).isPrimitive() || parameters.get(0).isEquivalentTo(Number.class));
  }

  private static boolean on(JavaCall<?> call, Class<?> owner) {
    return call.getTargetOwner().isAssignableTo(owner);
  }

  private static final class JavaNumberMethod {
    NDArray offend(NDArray array) {
      return array.mul(3f);
    }
  }

  private static final class JavaNumberFunction {
    NDArray offend(NDArray array) {
      return NDArrays.maximum(array, 0);
    }
  }

  private static final class ScalarFromJava {
    NDArray offend(NDManager manager) {
      return manager.create(1f);
    }
  }

  private static final class ReplacedStorage {
    void offend(NDArray array, Buffer buffer) {
      array.set(buffer);
    }
  }

  private static final class FrameworkLoss {
    Loss offend() {
      return Loss.l2Loss();
    }
  }

  private static final class Brain {
    NDArray offend(NDArray array) {
      return array.toType(DataType.BFLOAT16, false);
    }
  }

  private static final class GlobalSeed {
    void offend(Engine engine) {
      engine.setRandomSeed(1);
    }
  }

  private static final class Read {
    float offend(NDArray array) {
      return array.getFloat();
    }
  }

  private static final class Harmless {
    NDArray compute(NDArray array, NDArray other) {
      return array.mul(other).add(1).div(other);
    }
  }
}
