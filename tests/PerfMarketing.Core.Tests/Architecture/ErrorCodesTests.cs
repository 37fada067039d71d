using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Codes are stable, spelled one way, used by their constants, and all on one page.</summary>
public sealed partial class ErrorCodesTests
{
    private const string Page = "docs/errors.md";

    // What takes a code as its first argument.
    private static readonly string[] TakesCode = ["WithErrorCode", "Reason.Of", "Reason"];

    [Fact]
    public void Codes_are_area_and_kebab_case() =>
        Codes().Where(static c => !Spelling().IsMatch(c.Code))
            .Select(static c => $"{c.Owner.Name}.{c.Name}: {c.Code}")
            .ShouldBeNone();

    [Fact]
    public void No_two_constants_are_one_code() =>
        Codes().GroupBy(static c => c.Code, StringComparer.Ordinal).Where(static g => g.Count() > 1)
            .Select(static g => $"{g.Key}: {string.Join(", ", g.Select(static c => $"{c.Owner.Name}.{c.Name}"))}")
            .ShouldBeNone();

    [Fact]
    public void Codes_are_used_by_their_constants()
    {
        IEnumerable<string> literals =
            from file in SourceTree.Core
            from arguments in file.Syntax.DescendantNodes().OfType<ArgumentListSyntax>()
            let called = arguments.Parent switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax m } =>
                    m.Name.Identifier.Text == "Of" ? m.ToString() : m.Name.Identifier.Text,
                ObjectCreationExpressionSyntax o => o.Type.ToString(),
                _ => string.Empty,
            }
            where TakesCode.Contains(called) && arguments.Arguments.Count > 0
                && arguments.Arguments[0].Expression.IsKind(SyntaxKind.StringLiteralExpression)
            select $"{file.At(arguments)}: {arguments}";

        literals.ShouldBeNone("a code is a constant of a *Codes or *Reasons class");
    }

    [Fact]
    public void The_page_lists_every_code_with_its_meaning()
    {
        DocComments comments = DocComments.Of(Assemblies.Core);
        StringBuilder page = new("""
            # Codes

            Every refusal, reason and failure carries one of these codes. A code never changes its meaning; texts may.
            This page is made from the constants and their comments: see [contributing](contributing.md#kept-texts).

            """);
        IEnumerable<IGrouping<Type, (Type Owner, string Name, string Code)>> owners = Codes()
            .GroupBy(static c => c.Owner)
            .OrderBy(static g => g.Min(static c => c.Code), StringComparer.Ordinal);
        foreach (IGrouping<Type, (Type Owner, string Name, string Code)> owner in owners)
        {
            page.Append('\n').Append("## ").Append(owner.Key.Name).Append("\n\n")
                .Append(comments.Summary(owner.Key)).Append("\n\n| code | meaning |\n| --- | --- |\n");
            foreach ((Type type, string name, string code) in owner.OrderBy(static c => c.Code, StringComparer.Ordinal))
            {
                page.Append("| `").Append(code).Append("` | ")
                    .Append(comments.Summary(type, name).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
            }
        }

        Golden.Compare(Page, page.ToString().ReplaceLineEndings("\n")).Should().BeNull();
    }

    private static IEnumerable<(Type Owner, string Name, string Code)> Codes() =>
        from type in Assemblies.Core.GetTypes()
        where type is { IsAbstract: true, IsSealed: true } && CodeClass().IsMatch(type.Name)
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where field.IsLiteral && field.FieldType == typeof(string)
        select (type, field.Name, (string)field.GetRawConstantValue()!);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Spelling();

    [GeneratedRegex("(Codes|Reasons)$")]
    private static partial Regex CodeClass();
}
