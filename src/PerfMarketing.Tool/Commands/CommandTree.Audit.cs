using System.CommandLine;
using System.Globalization;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tool.Commands;

/// <content>The words of what makes files tamper-evident, and of what checks them.</content>
internal sealed partial class CommandTree
{
    private readonly Option<string?> sealKey = new("--seal-key")
    {
        Description = "The file with 24 to 64 secret bytes by which seals are salted. Without it seals check the "
            + "folder, but hide nothing from who guesses.",
        HelpName = "FILE",
    };

    private readonly Option<bool> proofs = new("--proofs")
    {
        Description = "Write proofs.jsonl too: the proof of each line of each closed statement.",
    };

    private Command Audit()
    {
        Argument<string> folder = new("DIR") { Description = "The folder that 'settle --out' wrote." };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of text." };
        Option<TreeHead?> head = new("--head")
        {
            Description = "A head that was published before, such as 12:6e34...: the ledger must begin with it.",
            HelpName = "SIZE:ROOT",
            CustomParser = static result => result.Tokens is [var token]
                && token.Value.Split(':') is [var size, var root]
                && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && Digest.TryParse(root, null, out Digest digest)
                ? new TreeHead(count, digest)
                : Refuse<TreeHead?>(result, "A head is a number of records, a colon and 64 hexadecimal digits."),
        };
        Command command = new(
            "audit",
            "Check the chain, statements, seals and proofs of a folder, and name the first broken line of each file. "
                + "Ends with 0 when nothing is broken, with 1 when something is.")
        {
            folder, head, json,
        };
        command.SetAction(parsed => actions.Audit(
            new(parsed.GetRequiredValue(folder), parsed.GetValue(json), parsed.GetValue(head))));
        return command;
    }
}
