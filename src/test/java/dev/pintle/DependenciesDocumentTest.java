package dev.pintle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** docs/engineering/dependencies.md gives a reason for everything that the pom names, and for nothing else. */
class DependenciesDocumentTest {
    private static final Pattern ROW = Pattern.compile("\\| ([^|]+?) \\| [^|]*\\d[^|]* \\| [^|]{20,} \\|");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[-_][a-z0-9]+)+|[a-z0-9]+");
    /** Words of the first column that name nothing. */
    private static final Set<String> WORDS = Set.of("and", "its", "twin", "with", "by");

    @Test
    void everyDependencyOfThePomHasAReasonAndEveryReasonADependency() throws Exception {
        Set<String> reasons = reasons();
        Set<String> named = named("/project/dependencies/dependency/artifactId");
        named.addAll(named("/project/build/plugins/plugin/artifactId"));
        named.addAll(named("/project/build/pluginManagement/plugins/plugin/artifactId"));
        named.addAll(named("//annotationProcessorPaths/path/artifactId"));

        assertThat(named)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(reasons)
                        .as("a row of docs/engineering/dependencies.md for %s", name)
                        .contains(name));
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(reasons).allSatisfy(name -> assertThat(pom).contains(name));
    }

    private static Set<String> reasons() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("docs/engineering/dependencies.md"));
        return lines.stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .flatMap(row -> NAME.matcher(row.group(1).replaceAll("\\(JDBI\\)", ""))
                        .results()
                        .map(name -> name.group()))
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named(String path) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> found.item(index).getTextContent().replaceAll("-\\$\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
