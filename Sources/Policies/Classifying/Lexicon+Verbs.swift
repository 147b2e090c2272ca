// The verbs by what they do: in each row words that are always verbs, then words that are as
// often nouns.

extension Lexicon {
    static let verbTable: [(Category, pure: String, either: String)] = [
        (.read, readVerbs, readEither),
        (.write, writeVerbs, writeEither),
        (.execute, executeVerbs, executeEither),
        (.destructive, destructiveVerbs, destructiveEither),
        (.financial, moneyVerbs, moneyEither),
    ]

    private static let readVerbs = """
        get list fetch read search find lookup retrieve show describe inspect explain analyze \
        analyse check validate verify browse discover detect scan lint parse decode decompile \
        disassemble calculate compute convert translate transcribe summarize summarise compare \
        aggregate recommend suggest resolve identify classify extract scrape crawl introspect \
        observe peek poll ping wait whoami ls cat grep stat pwd geocode rerank tail tokenize \
        diagnose learn think echo enumerate load infer investigate monitor watch \
        download export consume determine predict examine ask is lrange zrange \
        smembers hgetall answer dump reason
        """
    private static let readEither = """
        view query filter count preview audit review diff match look status render format hash \
        forecast research map estimate plan sample capture screenshot blame log show help \
        visualize return trace 
        """

    private static let writeVerbs = """
        create add insert update edit modify write append put save store upload send reply \
        publish produce enqueue move rename copy duplicate clone fork merge rebase commit push \
        archive unarchive assign unassign attach detach invite join subscribe unsubscribe follow \
        unfollow star unstar pin unpin mute unmute enable disable toggle turn click hover drag \
        fill press select resize scroll swipe tap tag untag annotate approve dismiss \
        acknowledge complete reopen close schedule import register configure set \
        init initialize generate compose upsert replace reorder restore recover \
        undelete undo revert promote transition notify forward respond react upvote \
        downvote retweet share grant login logout authenticate authorize lock unlock mark draft \
        increment handle manage customize adjust switch skip snooze mkdir cp mv \
        touch block unblock crop rotate protect populate bookmark alter bind unbind enroll \
        rpush lpush emulate mutate prepare confirm accept reject decline submit provision fix \
        autofix alias emit fanout focus defer deactivate activate control unmerge \
        transfer change remember setup choose tick make patch ingest record sync \
        synchronize onboard refresh take make mint place substitute
        """
    private static let writeEither = """
        comment note label link post request message type index new pull cherry input clip \
        position order backup expire key trust auth track feed rate vote like cast draw \
        stage support design email text broadcast pick contact \
        mention stash checkout
        """

    private static let executeVerbs = """
        execute exec eval evaluate invoke trigger launch rerun restart reboot deploy redeploy \
        rollback spawn install reinstall upgrade downgrade apply navigate goto visit retry resume \
        boot shutdown suspend connect dispatch rollout scale compile recreate rebuild simulate \
        debug bootstrap migrate cordon uncordon drain abort interact delegate solve train \
        finetune interrupt start stop
        """
    private static let executeEither = """
        run call power test build act play pause process benchmark profile open shell bash \
        repl command automate perform operate
        """

    private static let destructiveVerbs = """
        delete remove destroy erase purge wipe truncate uninstall revoke terminate del rm rmdir \
        unlink discard clear nuke shred prune cleanup ban kick deprovision decommission \
        obliterate overwrite flush unpublish hdel srem zrem lpop rpop xdel rem pop forget \
        deregister unregister evict expunge
        """
    private static let destructiveEither = "drop kill reset cancel clean leave trash force"

    private static let moneyVerbs = """
        pay buy sell purchase refund withdraw reimburse liquidate payout disburse repay prepay
        """
    private static let moneyEither = "charge swap trade stake donate tip bill invoice wrap"

    /// Verbs that look at code or text without obeying it.
    static let checkers: Set<String> = [
        "analyse", "analyze", "audit", "check", "classify", "compare", "compile", "decode",
        "detect", "diagnose", "diff", "estimate", "explain", "extract", "find", "format",
        "generate", "hash", "inspect", "lint", "parse", "preview", "review", "scan", "search",
        "suggest", "summarize", "tokenize", "translate", "validate", "verify",
    ]
    /// Verbs whose effect is gone with what they touched, unless that comes back by itself.
    static let clearing: Set<String> = [
        "clean", "cleanup", "clear", "discard", "evict", "expire", "flush", "forget", "prune",
        "purge", "reset",
    ]
    /// Verbs that begin or end something that runs.
    static let running: Set<String> = [
        "abort", "cancel", "interrupt", "pause", "play", "resume", "start", "stop",
    ]
    static let installing: Set<String> = ["install", "reinstall", "upgrade"]
    /// Verbs that make a machine obey a text, when one is given.
    static let obeying: Set<String> = [
        "eval", "evaluate", "exec", "execute", "invoke", "perform", "process", "run",
    ]
}
