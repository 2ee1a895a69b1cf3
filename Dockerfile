# For people who build with Docker. "make image" needs no Docker, and has a smaller JRE and a class cache: docs/how-to/build-the-image.md.
#   make package && docker build -t pintle .
FROM eclipse-temurin:25-jre-noble
COPY LICENSE config.yml /opt/pintle/
COPY bin/pintle bin/find-jdk bin/ready /opt/pintle/bin/
COPY target/pintle.jar /opt/pintle/lib/
# Any user may write beside the data directory, because the user of a container may be any.
RUN mkdir -p /var/lib/pintle && chmod 777 /var/lib/pintle
ENV PINTLE_JAVA_HOME=/opt/java/openjdk PINTLE_DATA=/var/lib/pintle/data
WORKDIR /opt/pintle
USER 65532:65532
EXPOSE 8080 8081
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["/opt/pintle/bin/ready"]
ENTRYPOINT ["/opt/pintle/bin/pintle"]
CMD ["server", "config.yml"]
