.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check mutation format package image image-test commands-test aot reproducible migrate bench bench-setup reference micro propagation history drills soak conformance fuzz slowhttp alerts browser npm-ws screenshots clean

# Includes directories, whose time changes when a file is removed.
SOURCES := pom.xml $(shell find src/main migrations 2> /dev/null)

help:
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Runs a main class of the tests on the class path of the tests.
ON_TEST_CLASSPATH = "$$(bin/find-jdk)/bin/java" --enable-native-access=ALL-UNNAMED \
	-cp "target/test-classes:target/classes:$$(cat target/test.classpath)"

##@ Run

run: target/pintle.jar ## Build and start everything; stop with Ctrl-C
	@bin/run

package: target/pintle.jar ## Build target/pintle.jar and its bill of materials, target/pintle-sbom.json

aot: target/pintle.aot ## Build target/pintle.aot, a class cache that halves the start time of bin/pintle

migrate: target/pintle.jar ## Migrate the schema of the database
	@PINTLE_CLASSPATH='target/embedded/*' bin/pintle db migrate config.yml

image: target/pintle.jar ## Write target/pintle-image.tar, a container image in the OCI layout; BASE_IMAGE names another base
	@bin/image

##@ Develop

test: ## Run every test and every gate, as CI does
	@bin/maven -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info verify

check: ## Compile with all gates and check the format, without tests
	@bin/maven test-compile spotless:check

format: ## Format the sources
	@bin/maven spotless:apply

mutation: ## Change the code of the central rules; report the changes that no test notices
	@bin/maven test-compile org.pitest:pitest-maven:mutationCoverage

reference: ## Write docs/reference/*.md from the code
	@bin/maven test -Dtest=PolicyReferenceTest,IdentityReferenceTest,LintReferenceTest,CommandLineReferenceTest -Djacoco.skip -Dsurefire.failIfNoSpecifiedTests=false -Dpintle.reference.write=true

clean: ## Remove target/, but not the data in .data
	@rm -rf target

##@ Check a release

alerts: ## Check the alert rules with promtool (Debian package prometheus)
	@command -v promtool > /dev/null || { echo "promtool is missing: install Debian's package prometheus." >&2; exit 1; }
	@promtool check rules deploy/prometheus-alerts.yml

browser: ## Test web pages in a real browser (Debian packages chromium, chromium-driver)
	@command -v chromium > /dev/null && command -v chromedriver > /dev/null || { echo "Chromium or its driver is missing: install Debian's packages chromium and chromium-driver." >&2; exit 1; }
	@bin/maven test -Dtest='*BrowserTest' -DexcludedGroups= -Dgroups=browser -Djacoco.skip

npm-ws: target/test.classpath ## Talk WebSocket with the npm package ws through a gateway (Debian packages nodejs, npm)
	@command -v node > /dev/null && command -v npm > /dev/null || { echo "Node.js or npm is missing: install Debian's packages nodejs and npm." >&2; exit 1; }
	@mkdir -p target/npm-ws && cp src/test/npm-ws/* target/npm-ws
	@npm ci --prefix target/npm-ws --ignore-scripts --no-audit --no-fund --silent
	@$(ON_TEST_CLASSPATH) dev.pintle.conformance.NodeWebSockets target/npm-ws

screenshots: target/test.classpath ## Write the pictures of the console in docs/images (Debian packages chromium, chromium-driver)
	@$(ON_TEST_CLASSPATH) dev.pintle.console.Screenshots

reproducible: ## Build HEAD twice in two directories and compare the results
	@bin/reproducible

image-test: target/pintle.jar ## Build the image on Debian packages and run it with a read-only root (as root)
	@bin/image-test

commands-test: target/pintle.jar ## Run the commands of the docs that need PostgreSQL, Redis or jq (Debian packages; as root)
	@bin/commands-test

##@ Measure

bench: target/pintle.aot target/test.classpath bench/scg/target/scg.jar bench/jetty/target/jetty.jar ## Compare with nginx, HAProxy and others; write bench/results.md. ONLY=tls,http2 prints some scenarios
	@bench/bench.py $(if $(ONLY),--only $(ONLY),--write)

bench-setup: ## Install the Debian packages for make bench: wrk, h2load, nginx, HAProxy, Redis
	@apt-get install -y wrk nghttp2-client nginx-light haproxy redis-server

micro: target/test.classpath ## Measure time and allocation of the parts of a request (JMH)
	@$(ON_TEST_CLASSPATH) org.openjdk.jmh.Main -prof gc

propagation: target/test.classpath ## Measure the time that a write takes to reach another node, and all of three
	@$(ON_TEST_CLASSPATH) dev.pintle.bench.Propagation
	@$(ON_TEST_CLASSPATH) dev.pintle.bench.AppliedWrites

history: target/test.classpath ## Measure the calls of the history with 10,000 routes and 10,000 revisions
	@$(ON_TEST_CLASSPATH) dev.pintle.bench.HistoryListing

drills: target/test.classpath $(if $(OTHER),target/pintle.jar) ## Measure the figures of docs/engineering/reliability.md; select some with DRILLS="Overload …"
	@$(if $(OTHER),other=$$(bin/other-version "$(OTHER)") &&) $(ON_TEST_CLASSPATH) \
		$(if $(FORGED),-Dpintle.forged=$(FORGED)) $(if $(OTHER),-Dpintle.otherJar="$$other") dev.pintle.soak.Drills $(DRILLS)

##@ Stress

soak: target/test.classpath ## Run three nodes with failing upstreams for SECONDS (300) and print the responses of clients
	@$(ON_TEST_CLASSPATH) dev.pintle.soak.Soak $(SECONDS)

conformance: target/test.classpath ## Run every case of docs/engineering/conformance.md; list failures with reasons
	@$(ON_TEST_CLASSPATH) dev.pintle.conformance.ConformanceReport

fuzz: ## Run the random tests longer than make test: TRIES (20000) of each property
	@bin/maven test -Dtest='*FuzzTest' -Djacoco.skip -Djqwik.tries.default=$(or $(TRIES),20000)

slowhttp: target/test.classpath ## Attack a gateway with slow connections (Debian package slowhttptest)
	@command -v slowhttptest > /dev/null || { echo "slowhttptest is missing: install Debian's package slowhttptest." >&2; exit 1; }
	@$(ON_TEST_CLASSPATH) dev.pintle.soak.SlowHttp

bench/%.jar: $(shell find bench/scg/src bench/jetty/src bench/scg/pom.xml bench/jetty/pom.xml 2> /dev/null)
	@bin/maven package -f $(firstword $(subst /target/, ,bench/$*))/pom.xml

target/test.classpath: $(SOURCES) $(shell find src/test 2> /dev/null)
	@bin/maven test-compile dependency:build-classpath -Dmdep.outputFile=$@ -Dmdep.includeScope=test

target/pintle.aot: target/pintle.jar bin/train
	@echo "Building $@ …"
	@bin/train $@

target/pintle.jar: $(SOURCES)
	@bin/build
