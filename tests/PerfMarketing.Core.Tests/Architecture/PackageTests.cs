using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Packs what was built and looks into the packages.</summary>
public sealed class PackageTests(PackageTests.Packed packed) : IClassFixture<PackageTests.Packed>
{
    [Fact]
    public void Core_depends_on_exactly_three_packages() =>
        packed.Dependencies("PerfMarketing.Core").Should().Equal(
            "FluentValidation", "Microsoft.Extensions.DependencyInjection.Abstractions", "NodaTime");

    [Fact]
    public void The_test_kit_depends_on_Core_alone() =>
        packed.Dependencies("PerfMarketing.Core.Testing").Should().Equal("PerfMarketing.Core");

    [Theory]
    [InlineData("PerfMarketing.Core")]
    [InlineData("PerfMarketing.Core.Testing")]
    public void Packages_carry_what_a_stranger_needs(string id)
    {
        XElement metadata = packed.Metadata(id);

        Value(metadata, "license").Should().Be("MIT");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "description").Should().NotBeNullOrEmpty();
        Value(metadata, "tags").Should().NotBeNullOrEmpty();
        metadata.Elements().Single(static e => e.Name.LocalName == "repository").Attribute("type")!.Value.Should()
            .Be("git");
        packed.Files(id, "nupkg").Should()
            .Contain(["README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"]);
        packed.Files(id, "snupkg").Should().Contain($"lib/net10.0/{id}.pdb");
    }

    private static string? Value(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    /// <summary>The packages of this build, in a folder of their own.</summary>
    public sealed class Packed : IDisposable
    {
        private static readonly string[] Projects = ["PerfMarketing.Core", "PerfMarketing.Core.Testing"];

        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("perfmarketing-pack-");

        public Packed()
        {
            // The tests lie in bin/<configuration>/<framework>: what they run against is what is packed.
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            foreach (string project in Projects)
            {
                ProcessStartInfo start = new("dotnet")
                {
                    WorkingDirectory = SourceTree.Root,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };
                foreach (string argument in new[]
                {
                    "pack", $"src/{project}/{project}.csproj", "-c", configuration, "--no-build", "--no-restore",
                    "-o", folder.FullName, "-nodeReuse:false", "-p:UseSharedCompilation=false",
                })
                {
                    start.ArgumentList.Add(argument);
                }

                using Process process = Process.Start(start)!;
                Task<string> errors = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                process.ExitCode.Should().Be(0, output + errors.Result);
            }
        }

        public XElement Metadata(string id)
        {
            using ZipArchive package = Open(id, "nupkg");
            using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
            return XDocument.Load(nuspec).Root!.Elements().Single(static e => e.Name.LocalName == "metadata");
        }

        public IEnumerable<string> Dependencies(string id) => Metadata(id).Descendants()
            .Where(static e => e.Name.LocalName == "dependency")
            .Select(static e => e.Attribute("id")!.Value)
            .Order(StringComparer.Ordinal);

        public IReadOnlyList<string> Files(string id, string kind)
        {
            using ZipArchive package = Open(id, kind);
            return [.. package.Entries.Select(static e => e.FullName)];
        }

        public void Dispose() => folder.Delete(recursive: true);

        private ZipArchive Open(string id, string kind) => ZipFile.OpenRead(
            folder.GetFiles($"{id}.*.{kind}").Single(f => char.IsDigit(f.Name[id.Length + 1])).FullName);
    }
}
