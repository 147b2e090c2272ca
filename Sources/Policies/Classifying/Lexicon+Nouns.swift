// The nouns that change what a verb means, by kind.

extension Lexicon {
    static let nounTable: [(NounKinds, String)] = [
        (
            .money,
            """
            payment payout refund billing invoice chargeback payroll wallet bank credit debit \
            deposit withdrawal fund money dispute donation loan mortgage payee payer iban \
            purchase balance bill expense salary ledger accounting \
            remittance paycheck cashflow profit faucet
            """
        ),
        (.oftenMoney, "subscription transaction transfer charge"),
        (
            .notMoney,
            """
            notification webhook event topic push alert channel mail email pubsub feed calendar \
            graphql database db sql begin commit rollback abort file ownership issue repository \
            app domain data load
            """
        ),
        (
            .code,
            """
            code command cmd script shell bash terminal sql javascript js python expression \
            program snippet statement powershell lua repl binary \
            anonymous lambda notebook cell
            """
        ),
        (.shell, "bash cli cmd command powershell psql repl shell terminal zsh"),
        (.query, "query sql cypher statement mutation"),
        (
            .process,
            """
            run job workflow pipeline execution deployment build invocation process sandbox \
            query call instance container actor playbook flow command
            """
        ),
        (
            .fleeting,
            """
            cache session selection filter clipboard cookie highlight mock \
            breakpoint notification input field form
            """
        ),
        (.launched, "run pipeline execution deployment sandbox call invocation"),
        // An environment alone may be where customers are served; a virtual one never is.
        (.recreatable, "cache session venv virtualenv virtual sandbox temp scratch"),
        (.picture, "screenshot snapshot picture photo image"),
        (.page, "page tab url window browser website link app application"),
        (.plugin, "plugin extension addon theme module package"),
        (.package, "package dependency dep requirement plugin extension library module"),
        (
            .answer,
            """
            type link deeplink url locator summary preview diff sql query code test report schema \
            diagram docs documentation hash uuid password id explanation
            """
        ),
        (
            .report,
            """
            info information stat statistic status log detail history schema metadata summary \
            overview docs documentation list count size version health snapshot screenshot index \
            indice message request result report metric help usage value key type diff reply \
            discussion tree output matrix distance elevation direction finding error warning \
            diagnostic context condition forecast current weather top lock credential rule \
            advice guideline practice release name whoami time date me dbsize analysis insight \
            trend definition event activity profile timeline ps
            """
        ),
        (
            .secret,
            """
            secret password credential token apikey privatekey keyvault vault certificate ssh \
            passphrase 
            """
        ),
        (
            .security,
            """
            policy permission role acl firewall iam access security authentication mfa sso \
            guardrail rbac
            """
        ),
        (.wholeSystem, "system cluster all everything account organization org root disk database"),
        (
            .mild,
            """
            playback media music track song video timer tracking search typing recording player \
            audio podcast time
            """
        ),
        (.trade, "order position stock crypto"),
        (
            .styling,
            """
            formula format style theme label filter edit patch design template tag discount \
            color font layout suggestion
            """
        ),
        (.showing, "my current recent recently latest now available hourly daily"),
        (.remote, "api http https rest endpoint curl port"),
    ]
}
