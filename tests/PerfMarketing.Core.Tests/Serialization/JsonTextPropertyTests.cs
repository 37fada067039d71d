using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Serialization;

public sealed class JsonTextPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_180_722, 1);

    [Fact]
    public void Every_tree_comes_back_as_it_was_written() =>
        Check(Trees(depth: 4), static (tree, indented) =>
        {
            byte[] json = JsonText.WriteUtf8(tree, indented);
            TermFailures failures = [];
            return JsonText.TryRead(json, failures, out TermNode again) && again == tree
                && JsonText.WriteUtf8(again, indented).AsSpan().SequenceEqual(json);
        });

    [Fact]
    public void What_we_write_other_readers_understand() =>
        Check(Trees(depth: 3), static (tree, indented) =>
        {
            using System.Text.Json.JsonDocument document =
                System.Text.Json.JsonDocument.Parse(JsonText.WriteUtf8(tree, indented));
            return Same(tree, document.RootElement);
        });

#pragma warning disable CA5394 // The seed makes every run the same; nothing here is secret.
    [Fact]
    public void Damaged_text_is_read_or_refused_and_never_an_exception()
    {
        System.Random random = new(7);
        byte[][] seeds = [.. JsonCorpus.All().Select(static row => (byte[])row[2])
            .Where(static s => s.Length is > 0 and < 2_000)];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] text = (byte[])seeds[random.Next(seeds.Length)].Clone();
            int changes = random.Next(1, 4);
            for (int change = 0; change < changes; change++)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            TermFailures failures = [];
            bool read = JsonText.TryRead(text.AsSpan(0, random.Next(text.Length + 1)), failures, out TermNode node);
            failures.Should().HaveCount(read ? 0 : 1);
            if (read)
            {
                JsonText.TryRead(JsonText.WriteUtf8(node), failures, out TermNode again).Should().BeTrue();
                again.Should().Be(node);
            }
        }
    }
#pragma warning restore CA5394

    private static void Check(Gen<TermNode> trees, Func<TermNode, bool, bool> holds) =>
        Prop.ForAll(trees.ToArbitrary(), ArbMap.Default.ArbFor<bool>(), holds).Check(Seeded);

    private static Gen<TermNode> Trees(int depth)
    {
        Gen<TermNode> texts = Texts().Select(TermNode.OfText);
        Gen<TermNode> numbers = ArbMap.Default.GeneratorFor<decimal>()
            .Select(static d => TermNode.OfNumber(d.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Gen<TermNode> flags = ArbMap.Default.GeneratorFor<bool>().Select(TermNode.OfFlag);
        Gen<TermNode> leaves = Gen.OneOf(texts, numbers, flags, Gen.Constant(TermNode.Null));
        if (depth == 0)
        {
            return leaves;
        }

        Gen<TermNode[]> children = Gen.Choose(0, 4).SelectMany(count => Trees(depth - 1).ArrayOf(count));
        Gen<TermNode> lists = children.Select(static items => TermNode.OfList([.. items]));
        Gen<TermNode> objects = children.SelectMany(static items =>
            Texts().ArrayOf(items.Length).Select(names => TermNode.OfObject([.. names], [.. items])));
        return Gen.Frequency((2, leaves), (1, lists), (2, objects));
    }

    private static Gen<string> Texts() =>
        Gen.Choose(0, 12).SelectMany(static length => Gen.Frequency(
            (6, Gen.Choose(0, 0x7F)), (3, Gen.Choose(0x80, 0xD7FF)), (1, Gen.Choose(0xE000, 0x10FFFF)))
            .ArrayOf(length))
            .Select(static points => string.Concat(points.Select(char.ConvertFromUtf32)));

    private static bool Same(TermNode node, System.Text.Json.JsonElement element) => element.ValueKind switch
    {
        System.Text.Json.JsonValueKind.String => node.Kind == TermKind.Text && node.Text == element.GetString(),
        System.Text.Json.JsonValueKind.Number => node.Kind == TermKind.Number && node.Text == element.GetRawText(),
        System.Text.Json.JsonValueKind.Array => node.Kind == TermKind.List
            && node.Items.Count == element.GetArrayLength()
            && element.EnumerateArray().Zip(node.Items).All(static pair => Same(pair.Second, pair.First)),
        System.Text.Json.JsonValueKind.Object => node.Kind == TermKind.Object
            && element.EnumerateObject().Select(static p => p.Name).SequenceEqual(node.Names)
            && element.EnumerateObject().Zip(node.Items).All(static pair => Same(pair.Second, pair.First.Value)),
        System.Text.Json.JsonValueKind.Null => node.Kind == TermKind.Null,
        _ => node.Kind == TermKind.Flag && node.Text == element.GetRawText(),
    };
}
