using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Small files, small methods, short lines, telling names, nothing left behind.</summary>
public sealed partial class TidyTests
{
    private const int LineMax = 120;
    private const int FileMax = 400;
    private const int MethodMax = 70;

    // The currency list is one long table.
    private static readonly string[] LongOnPurpose = ["src/PerfMarketing.Core/Monetary/Iso4217.cs"];

    private static readonly string[] EmptyNames = ["Helper", "Util", "Common", "Manager", "Service", "Data", "Info"];

    [Fact]
    public void Lines_are_short() =>
        SourceTree.Code.SelectMany(static f => f.Lines.Select((line, i) => (File: f, Line: line, Number: i + 1)))
            .Where(static l => l.Line.Length > LineMax)
            .Select(static l => $"{l.File.Path}({l.Number}): {l.Line.Length} characters")
            .ShouldBeNone();

    [Fact]
    public void Files_are_small() =>
        SourceTree.Code.Where(static f => f.Lines.Count > FileMax && !LongOnPurpose.Contains(f.Path))
            .Select(static f => $"{f.Path}: {f.Lines.Count} lines")
            .ShouldBeNone();

    [Fact]
    public void Methods_are_small() =>
        SourceTree.Code.Where(static f => !LongOnPurpose.Contains(f.Path))
            .SelectMany(static f => f.Syntax.DescendantNodes()
            .Where(static n =>
                n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax)
            .Where(static n => LinesOf(n) > MethodMax)
            .Select(n => $"{f.At(n)}: {LinesOf(n)} lines"))
            .ShouldBeNone();

    // As the formatter has them: System first, then by name, types and other names after them.
    [Fact]
    public void Usings_are_sorted() =>
        SourceTree.Code
            .Where(static f => f.Syntax is CompilationUnitSyntax unit
                && !unit.Usings.SequenceEqual(
                    unit.Usings.OrderBy(KindOf).ThenBy(NameOf, StringComparer.OrdinalIgnoreCase)))
            .Select(static f => f.Path)
            .ShouldBeNone();

    [Fact]
    public void Names_say_what_a_thing_is()
    {
        IEnumerable<string> types =
            from file in SourceTree.Code
            from type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            where IsEmptyName(type.Identifier.Text)
            select $"{file.At(type)}: {type.Identifier.Text}";
        IEnumerable<string> folders =
            from file in SourceTree.Code
            where file.Path.Split('/')[..^1].Any(static f => IsEmptyName(f.Split('.')[^1]))
            select file.Path;

        types.Concat(folders).ShouldBeNone("Helper, Manager and their like say nothing");
    }

    [Fact]
    public void Nothing_is_left_for_later_and_no_test_is_skipped() =>
        Texts().SelectMany(static f => f.Lines.Select((line, i) => (f.Path, Line: line, Number: i + 1)))
            .Where(static l => Leftover().IsMatch(l.Line))
            .Select(static l => $"{l.Path}({l.Number}): {l.Line.Trim()}")
            .ShouldBeNone();

    [Fact]
    public void Nothing_names_one_machine() =>
        Texts().SelectMany(static f => f.Lines.Select((line, i) => (f.Path, Line: line, Number: i + 1)))
            .Where(static l => MachinePath().IsMatch(l.Line))
            .Select(static l => $"{l.Path}({l.Number}): {l.Line.Trim()}")
            .ShouldBeNone();

    private static int KindOf(UsingDirectiveSyntax line) =>
        line.Alias is not null ? 3
        : !line.StaticKeyword.IsKind(SyntaxKind.None) ? 2
        : NameOf(line).Split('.')[0] == "System" ? 0 : 1;

    private static string NameOf(UsingDirectiveSyntax line) => (line.Alias?.Name ?? line.NamespaceOrType).ToString();

    private static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static bool IsEmptyName(string name) =>
        EmptyNames.Any(word => name.EndsWith(word, StringComparison.Ordinal)
            || name.EndsWith(word + "s", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> Texts() =>
        SourceTree.Code
            .Concat(SourceTree.Files("*.md", "docs")).Concat(SourceTree.Files("*.json", "docs"))
            .Concat(SourceTree.Files("*.props", "src", "tests"))
            .Concat(SourceTree.Files("*.csproj", "src", "tests", ".ci"))
            .Where(static f => !f.Path.EndsWith("/TidyTests.cs", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|\bSkip\s*=\s*""")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"(?<![\w.])/(home|root|tmp|Users)/|[A-Z]:\\\\?[A-Za-z]|nuget\.org/v3|api\.nuget\.org")]
    private static partial Regex MachinePath();
}
